/**
 * The projection: records are a pure function of the set of statements, and of the sums of those that are no more. Nothing
 * depends on the order in which statements arrived, so late and repeated ones, and a rebuild, lead to the same records.
 */
import type { RecordedStatement } from '../../lrs/index.js';
import type { ProjectedRecord } from '../learner-record.js';
import { eventOf } from './event.js';
import { join, sumOf } from './record-sum.js';
import type { RecordSum } from './record-sum.js';
import { scenarioRunsOf } from './scenario-runs.js';

/**
 * The records of a registration: one for each learner and course; nearly always that is one.
 *
 * @param gone sums of statements that have been removed
 */
export function projectRegistration(
  registration: string,
  statements: readonly RecordedStatement[],
  gone: readonly RecordSum[] = [],
): ProjectedRecord[] {
  return joined([...gone, ...sumsOf(registration, statements)]).flatMap((sum) => recordOf(sum) ?? []);
}

/** What statements of a registration add up to, one sum a record. */
export function sumsOf(registration: string, statements: readonly RecordedStatement[]): RecordSum[] {
  return joined(statements.flatMap(eventsOf).map((event) => sumOf(registration, event)));
}

/** One sum a record. */
export function joined(sums: readonly RecordSum[]): RecordSum[] {
  const records = new Map<string, [RecordSum, ...RecordSum[]]>();
  for (const sum of sums) {
    const known = records.get(sum.id);
    if (known) known.push(sum);
    else records.set(sum.id, [sum]);
  }
  return [...records.values()].map(join);
}

const eventsOf = (statement: RecordedStatement) => eventOf(statement) ?? [];

/** Undefined when everything is voided. */
function recordOf(sum: RecordSum): ProjectedRecord | undefined {
  const { startedAt, lastActivityAt, learner, passed, failed } = sum;
  if (!startedAt || !lastActivityAt || !learner) return undefined;
  return {
    record: {
      id: sum.id,
      registration: sum.registration,
      courseId: sum.courseId,
      version: sum.version?.value,
      learner: learner.value,
      learnerKey: sum.learnerKey,
      progress: sum.progress?.value,
      completion: sum.completedAt !== undefined,
      success: passed || failed ? passed : undefined,
      score: sum.score?.value,
      completedAt: sum.completedAt,
      secondsSpent: sum.secondsSpent,
      startedAt,
      lastActivityAt,
      updatedAt: sum.updatedAt,
    },
    answers: sum.answers,
    scenarioRuns: scenarioRunsOf(
      sum.decisions,
      sum.endings.map(({ value }) => value),
    ),
  };
}
