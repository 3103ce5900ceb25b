/** A statement about a course of ours as the projection reads it: what it says, and nothing taken on trust. */
import { verbOf } from '../../../exporters/index.js';
import {
  contextActivitiesOf,
  identifierOf,
  isActivity,
  parseCourseActivity,
  parseDuration,
  parseTimestamp,
  storedAt,
} from '../../lrs/index.js';
import type { Actor, Extensions, RecordedStatement, Statement } from '../../lrs/index.js';
import type { Variables } from '../learner-record.js';

type VerbWord = Parameters<typeof verbOf>[0];

/** One statement about a course or an element of it. */
export interface CourseEvent {
  readonly statementId: string;
  readonly courseId: string;
  /** Undefined for the course itself. */
  readonly elementId: string | undefined;
  /** The lesson, for what belongs to one. */
  readonly parentId: string | undefined;
  readonly actor: Actor;
  /** See identifierOf. */
  readonly learner: string;
  readonly statement: Statement;
  readonly at: Date;
  /** When it was stored, or voided. */
  readonly changedAt: Date;
  readonly voided: boolean;
}

/** The event that a statement is; undefined when it is about no course of ours, or of nobody in particular. */
export function eventOf({ text, position, voidedAt }: RecordedStatement): CourseEvent | undefined {
  const statement = JSON.parse(text) as Statement;
  const { id, actor, object, timestamp } = statement;
  const activity = isActivity(object) ? parseCourseActivity(object.id) : undefined;
  const learner = identifierOf(actor);
  if (!activity || learner === undefined) return undefined;
  return {
    statementId: id!.toLowerCase(),
    ...activity,
    parentId: parentIn(activity.courseId, statement),
    actor,
    learner,
    statement,
    at: new Date(parseTimestamp(timestamp!)!),
    changedAt: new Date(storedAt(voidedAt ?? position)),
    voided: voidedAt !== null,
  };
}

function parentIn(courseId: string, { context }: Statement): string | undefined {
  for (const { id } of contextActivitiesOf(context, 'parent')) {
    const parent = parseCourseActivity(id);
    if (parent?.courseId === courseId && parent.elementId !== undefined) return parent.elementId;
  }
  return undefined;
}

export const says = ({ statement }: CourseEvent, ...words: readonly VerbWord[]): boolean =>
  words.some((word) => verbOf(word).id === statement.verb.id);

export const resultExtension = ({ statement }: CourseEvent, key: string): unknown =>
  own(statement.result?.extensions, key);

export const contextExtension = ({ statement }: CourseEvent, key: string): unknown =>
  own(statement.context?.extensions, key);

const own = (extensions: Extensions | undefined, key: string): unknown =>
  extensions && Object.hasOwn(extensions, key) ? extensions[key] : undefined;

/** The score in percent: by its bounds where it has them, else by its scaled value. */
export function percentOf({ statement }: CourseEvent): number | undefined {
  const { raw, min = 0, max, scaled } = statement.result?.score ?? {};
  if (raw !== undefined && max !== undefined) return within(0, 100, ((raw - min) / (max - min)) * 100);
  return scaled === undefined ? undefined : within(0, 100, scaled * 100);
}

export function durationOf({ statement }: CourseEvent): number | undefined {
  const duration = statement.result?.duration;
  return duration === undefined ? undefined : secondsIn(parseDuration(duration));
}

/** A time span that PostgreSQL, GraphQL and people can do something with. */
export const secondsIn = (value: unknown): number | undefined =>
  isNumber(value) && value >= 0 && value < 1e9 ? value : undefined;

export const percentIn = (value: unknown): number | undefined =>
  isNumber(value) ? within(0, 100, Math.round(value)) : undefined;

/** A number of something, from 1. */
export const countIn = (value: unknown): number | undefined =>
  isNumber(value) && Number.isInteger(value) && value >= 1 && value < 1e6 ? value : undefined;

/** A text that PostgreSQL can hold: without U+0000 and halves of surrogate pairs. */
export const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '\ufffd') : undefined;

export function variablesIn(value: unknown): Variables {
  const variables = new Map<string, number | boolean>();
  if (typeof value !== 'object' || value === null) return {};
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (isNumber(part) || typeof part === 'boolean') variables.set(textIn(name)!, part);
  }
  return Object.fromEntries(variables);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const within = (low: number, high: number, value: number): number => Math.min(high, Math.max(low, value));
