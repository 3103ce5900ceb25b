/**
 * What some statements add up to for one record. Sums are joined in any order, and what is in both counts once: so the sum
 * of statements that are no more can stand in for them.
 */
import { hash } from 'node:crypto';
import { EXTENSIONS } from '../../../exporters/index.js';
import { identifierOf, termKey } from '../../lrs/index.js';
import type { Actor } from '../../lrs/index.js';
import type { Answer, Learner } from '../learner-record.js';
import { decisionIn, endingIn } from './scenario-runs.js';
import type { RunDecision, RunEnding } from './scenario-runs.js';
import {
  contextExtension,
  countIn,
  durationOf,
  percentIn,
  percentOf,
  resultExtension,
  says,
  secondsIn,
  textIn,
} from './event.js';
import type { CourseEvent } from './event.js';

/** Something that a statement said; of several, the latest counts. */
interface Said<T> {
  readonly at: Date;
  readonly statementId: string;
  readonly value: T;
}

export interface RecordSum {
  /** Of the record. */
  readonly id: string;
  readonly registration: string;
  readonly courseId: string;
  readonly learnerKey: string;
  readonly updatedAt: Date;
  /** Of statements that are not voided; none without any. */
  readonly startedAt: Date | undefined;
  readonly lastActivityAt: Date | undefined;
  readonly completedAt: Date | undefined;
  readonly passed: boolean;
  readonly failed: boolean;
  readonly secondsSpent: number | undefined;
  readonly learner: Said<Learner> | undefined;
  readonly version: Said<number> | undefined;
  readonly progress: Said<number> | undefined;
  readonly score: Said<number> | undefined;
  readonly answers: readonly Answer[];
  readonly decisions: readonly RunDecision[];
  /** One a run. */
  readonly endings: readonly Said<RunEnding>[];
}

/** What one statement contributes. */
export function sumOf(registration: string, event: CourseEvent): RecordSum {
  const { courseId, learner, at, changedAt, voided } = event;
  const empty = {
    id: recordId(registration, courseId, learner),
    registration,
    courseId,
    learnerKey: termKey('agent', learner),
    updatedAt: changedAt,
    ...NOTHING,
  };
  if (voided) return empty;
  const ending = endingIn(event);
  const answer = answerOf(event);
  const decision = decisionIn(event);
  return {
    ...empty,
    startedAt: at,
    lastActivityAt: at,
    secondsSpent: secondsIn(contextExtension(event, EXTENSIONS.secondsSpent)),
    learner: said(event, learnerOf(event.actor)),
    version: said(event, versionIn(event.statement.context?.revision)),
    ...(event.elementId === undefined && courseResult(event)),
    answers: answer ? [answer] : [],
    decisions: decision ? [decision] : [],
    endings: ending ? [said(event, ending)!] : [],
  };
}

/**
 * The same sum for somebody else, without what learners have written when that is to go.
 *
 * @param learner an actor with an identifier
 */
export function sumFor(learner: Actor, sum: RecordSum, content: 'KEEP' | 'REMOVE'): RecordSum {
  const identifier = identifierOf(learner)!;
  return {
    ...sum,
    id: recordId(sum.registration, sum.courseId, identifier),
    learnerKey: termKey('agent', identifier),
    learner: sum.learner && { ...sum.learner, value: learnerOf(learner) },
    answers: content === 'KEEP' ? sum.answers : sum.answers.map((answer) => ({ ...answer, response: undefined })),
  };
}

/** Of sums of the same record, one or more. */
export function join(sums: readonly [RecordSum, ...RecordSum[]]): RecordSum {
  const [{ id, registration, courseId, learnerKey }] = sums;
  const most = (of: (sum: RecordSum) => Date | undefined) => outermost(Math.max, sums.map(of));
  const least = (of: (sum: RecordSum) => Date | undefined) => outermost(Math.min, sums.map(of));
  const spent = sums.flatMap(({ secondsSpent }) => secondsSpent ?? []);
  return {
    id,
    registration,
    courseId,
    learnerKey,
    updatedAt: most(({ updatedAt }) => updatedAt)!,
    startedAt: least(({ startedAt }) => startedAt),
    lastActivityAt: most(({ lastActivityAt }) => lastActivityAt),
    completedAt: least(({ completedAt }) => completedAt),
    passed: sums.some(({ passed }) => passed),
    failed: sums.some(({ failed }) => failed),
    secondsSpent: spent.length === 0 ? undefined : spent.reduce((one, other) => Math.max(one, other)),
    learner: latest(sums.map(({ learner }) => learner)),
    version: latest(sums.map(({ version }) => version)),
    progress: latest(sums.map(({ progress }) => progress)),
    score: latest(sums.map(({ score }) => score)),
    answers: byId(
      sums.flatMap(({ answers }) => answers),
      ({ statementId, answeredAt }) => ({ statementId, at: answeredAt }),
    ),
    decisions: byId(
      sums.flatMap(({ decisions }) => decisions),
      ({ decision: { statementId, decidedAt } }) => ({ statementId, at: decidedAt }),
    ),
    endings: lastOfEachRun(sums.flatMap(({ endings }) => endings)),
  };
}

const NOTHING = {
  startedAt: undefined,
  lastActivityAt: undefined,
  completedAt: undefined,
  passed: false,
  failed: false,
  secondsSpent: undefined,
  learner: undefined,
  version: undefined,
  progress: undefined,
  score: undefined,
  answers: [],
  decisions: [],
  endings: [],
} satisfies Partial<RecordSum>;

/** Statements about the course as a whole. What was reached stays reached: a later failure takes no pass back. */
function courseResult(event: CourseEvent): Pick<RecordSum, 'completedAt' | 'passed' | 'failed' | 'score' | 'progress'> {
  const scored = says(event, 'scored', 'passed', 'failed', 'completed');
  return {
    completedAt: says(event, 'completed') ? event.at : undefined,
    passed: says(event, 'passed'),
    failed: says(event, 'failed'),
    score: scored ? said(event, percentOf(event)) : undefined,
    progress: says(event, 'progressed')
      ? said(event, percentIn(resultExtension(event, EXTENSIONS.progress)))
      : undefined,
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

type Moment = Pick<Said<unknown>, 'at' | 'statementId'>;

const byTime = (one: Moment, other: Moment): number =>
  one.at.getTime() - other.at.getTime() || (one.statementId < other.statementId ? -1 : 1);

const said = <T>({ at, statementId }: CourseEvent, value: T | undefined): Said<T> | undefined =>
  value === undefined ? undefined : { at, statementId, value };

function latest<T>(all: readonly (Said<T> | undefined)[]): Said<T> | undefined {
  return all.flatMap((one) => one ?? []).reduce<Said<T> | undefined>(later, undefined);
}

const later = <T>(one: Said<T> | undefined, other: Said<T>): Said<T> =>
  one === undefined || byTime(one, other) < 0 ? other : one;

function byId<T>(all: readonly T[], momentOf: (one: T) => Moment): T[] {
  const once = new Map(all.map((one) => [momentOf(one).statementId, one]));
  return [...once.values()].sort((one, other) => byTime(momentOf(one), momentOf(other)));
}

function lastOfEachRun(endings: readonly Said<RunEnding>[]): Said<RunEnding>[] {
  const runs = new Map<string, Said<RunEnding>>();
  for (const ending of endings) {
    const key = JSON.stringify([ending.value.lessonId, ending.value.run]);
    runs.set(key, later(runs.get(key), ending));
  }
  return [...runs.values()];
}

function outermost(of: (...times: number[]) => number, dates: readonly (Date | undefined)[]): Date | undefined {
  const times = dates.flatMap((date) => date?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(times.reduce((one, other) => of(one, other)));
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
