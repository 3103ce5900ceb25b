/** Questions that are answered with numbers about many statements, and their answers. */
import type { LanguageMap } from '../../lrs/index.js';
import type { StatementFilter } from '../statements/statement-filter.js';

export const CATEGORIES = [
  'VERB',
  'ACTIVITY',
  'ACTIVITY_TYPE',
  'ACTOR',
  'PERSON',
  'PARENT',
  'REGISTRATION',
  'RESPONSE',
  'SUCCESS',
  'COMPLETION',
] as const;

/** Unit of PostgreSQL by dimension. Weeks begin on Monday (ISO 8601). */
export const CALENDAR = { DAY: 'day', WEEK: 'week', MONTH: 'month' } as const;

export type Category = (typeof CATEGORIES)[number];
export type CalendarUnit = keyof typeof CALENDAR;
export type Dimension = Category | CalendarUnit;

/** What is worked out: only what is asked for, since each of them costs. */
export interface WantedMeasures {
  readonly scaled: boolean;
  readonly successRate: boolean;
  readonly averageSeconds: boolean;
  readonly distinctActors: boolean;
  readonly distinctPersons: boolean;
  readonly distinctActivities: boolean;
  readonly median: boolean;
  /** Ascending bounds of a histogram. */
  readonly scaledBounds: readonly number[] | undefined;
  readonly secondsBounds: readonly number[] | undefined;
}

export interface AggregateQuestion extends WantedMeasures {
  readonly filter: StatementFilter;
  /** At most two, of which at most one is of the calendar. */
  readonly groupBy: readonly Dimension[];
  /** IANA name, by which days begin and end. */
  readonly timeZone: string;
  /** How many groups are shown, the largest first; those of the calendar are shown all. */
  readonly first: number;
  readonly total: boolean;
  /** Whether the groups that are not shown are to be added up. */
  readonly others: boolean;
}

/** Statements of one part of a histogram: from inclusive, to exclusive; undefined is without end. */
export interface Bin {
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly count: number;
}

/** Averages are undefined where there is nothing to take one of; what was not wanted is, too. */
export interface Measures {
  readonly count: number;
  readonly distinctActors: number | undefined;
  readonly distinctPersons: number | undefined;
  readonly distinctActivities: number | undefined;
  readonly scaled: {
    /** Statements that have one. */
    readonly count: number;
    readonly average: number | undefined;
    readonly min: number | undefined;
    readonly max: number | undefined;
    readonly median: number | undefined;
  };
  /** 0 to 1: successes of the statements that tell success or failure. */
  readonly successRate: number | undefined;
  readonly averageSeconds: number | undefined;
  readonly scaledHistogram: readonly Bin[] | undefined;
  readonly secondsHistogram: readonly Bin[] | undefined;
}

/** A term as groups show it. */
export interface Label {
  readonly value: string;
  readonly names: LanguageMap;
  readonly descriptions: LanguageMap;
  /** IRI of the activity's type. */
  readonly type: string | undefined;
}

/** A part of the calendar, to exclusive. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What the statements of a group have in common: a term, yes or no, or when they happened; null where they tell none. */
export type GroupKey = Label | boolean | Span | null;

export interface Group {
  /** One a dimension that is grouped by. */
  readonly keys: Partial<Record<Dimension, GroupKey>>;
  readonly measures: Measures;
}

export interface Aggregate {
  /** Undefined when it was not asked for. */
  readonly total: Measures | undefined;
  readonly groups: readonly Group[];
  /** All groups that are not shown, together; undefined when all are shown, or it was not asked for. */
  readonly others: Measures | undefined;
  /** How many groups there are, shown or not. */
  readonly groupCount: number;
  readonly consistentThrough: Date;
}
