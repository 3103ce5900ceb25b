/**
 * The projection: records are a pure function of the set of statements. Nothing depends on the order in which statements
 * arrived, so late and repeated ones, and a rebuild, lead to the same records.
 */
import { hash } from 'node:crypto';
import { EXTENSIONS } from '../../../exporters/index.js';
import { termKey } from '../../lrs/index.js';
import type { Actor, RecordedStatement } from '../../lrs/index.js';
import type { Answer, LearnerRecord, Learner, ProjectedRecord } from '../learner-record.js';
import { scenarioRunsOf } from './scenario-runs.js';
import {
  contextExtension,
  countIn,
  durationOf,
  eventOf,
  percentIn,
  percentOf,
  resultExtension,
  says,
  secondsIn,
  textIn,
} from './event.js';
import type { CourseEvent } from './event.js';

/** The records of a registration: one for each learner and course; nearly always that is one. */
export function projectRegistration(registration: string, statements: readonly RecordedStatement[]): ProjectedRecord[] {
  const groups = new Map<string, CourseEvent[]>();
  for (const event of statements.flatMap((statement) => eventOf(statement) ?? [])) {
    const key = JSON.stringify([event.courseId, event.learner]);
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return [...groups.values()].flatMap((events) => projectGroup(registration, events) ?? []);
}

function projectGroup(registration: string, events: readonly CourseEvent[]): ProjectedRecord | undefined {
  const valid = events.filter(({ voided }) => !voided).sort(byTime);
  const first = valid[0];
  const last = valid.at(-1);
  if (!first || !last) return undefined;
  const aboutCourse = valid.filter(({ elementId }) => elementId === undefined);
  const { courseId, learner } = first;
  const record: LearnerRecord = {
    id: recordId(registration, courseId, learner),
    registration,
    courseId,
    version: latest(valid, ({ statement }) => versionIn(statement.context?.revision)),
    learner: learnerOf(last.actor),
    learnerKey: termKey('agent', learner),
    ...courseResult(aboutCourse),
    secondsSpent: greatest(valid.map((event) => secondsIn(contextExtension(event, EXTENSIONS.secondsSpent)))),
    startedAt: first.at,
    lastActivityAt: last.at,
    updatedAt: new Date(Math.max(...events.map(({ changedAt }) => changedAt.getTime()))),
  };
  return { record, answers: valid.flatMap((event) => answerOf(event) ?? []), scenarioRuns: scenarioRunsOf(valid) };
}

/** Statements about the course as a whole, in order. What was reached stays reached: a later failure takes no pass back. */
function courseResult(
  events: readonly CourseEvent[],
): Pick<LearnerRecord, 'progress' | 'completion' | 'success' | 'score' | 'completedAt'> {
  const completed = events.find((event) => says(event, 'completed'));
  const passed = events.some((event) => says(event, 'passed'));
  const failed = events.some((event) => says(event, 'failed'));
  const scored = events.filter((event) => says(event, 'scored', 'passed', 'failed', 'completed'));
  const progressed = events.filter((event) => says(event, 'progressed'));
  return {
    progress: latest(progressed, (event) => percentIn(resultExtension(event, EXTENSIONS.progress))),
    completion: completed !== undefined,
    success: passed || failed ? passed : undefined,
    score: latest(scored, percentOf),
    completedAt: completed?.at,
  };
}

function answerOf(event: CourseEvent): Answer | undefined {
  const { statementId, elementId, parentId, statement, at } = event;
  if (elementId === undefined || !says(event, 'answered')) return undefined;
  const { object, result } = statement;
  return {
    statementId,
    lessonId: parentId,
    elementId,
    attempt: countIn(resultExtension(event, EXTENSIONS.attempt)),
    interactionType: 'definition' in object ? object.definition?.interactionType : undefined,
    response: textIn(result?.response),
    correct: result?.success,
    score: percentOf(event),
    seconds: durationOf(event),
    answeredAt: at,
  };
}

const byTime = (one: CourseEvent, other: CourseEvent): number =>
  one.at.getTime() - other.at.getTime() || (one.statementId < other.statementId ? -1 : 1);

function latest<T>(events: readonly CourseEvent[], read: (event: CourseEvent) => T | undefined): T | undefined {
  for (const event of [...events].reverse()) {
    const value = read(event);
    if (value !== undefined) return value;
  }
  return undefined;
}

function greatest(values: readonly (number | undefined)[]): number | undefined {
  const numbers = values.filter((value) => value !== undefined);
  return numbers.length === 0 ? undefined : numbers.reduce((one, other) => Math.max(one, other));
}

/** The player writes the number of the version as the revision. */
const versionIn = (revision: string | undefined): number | undefined =>
  revision !== undefined && /^[1-9]\d{0,8}$/.test(revision) ? Number(revision) : undefined;

function learnerOf({ name, mbox, mbox_sha1sum, openid, account }: Actor): Learner {
  const parts = { name, mbox, mbox_sha1sum, openid, account };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

/** A UUID of version 8 (RFC 9562 5.8): the same for the same registration, course and learner. */
function recordId(registration: string, courseId: string, learner: string): string {
  const hex = hash('sha256', JSON.stringify([registration, courseId, learner]), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
