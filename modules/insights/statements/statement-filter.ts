/** Which statements. Everything that is given must hold; of several values of one thing, one must. */
import type { PersonReference } from '../../persons/index.js';

export interface NumberRange {
  /** Inclusive, both. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface TimeRange {
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
}

/** Agents, verbs, activities and types by their keys. */
export interface StatementFilter {
  readonly ids?: readonly string[] | undefined;
  readonly agents?: readonly string[] | undefined;
  /** With any of their identities. */
  readonly persons?: readonly PersonReference[] | undefined;
  /** In every place, not only as the actor or the object. */
  readonly relatedAgents?: boolean | undefined;
  readonly verbs?: readonly string[] | undefined;
  readonly activities?: readonly string[] | undefined;
  /** In every place, not only as the object. */
  readonly relatedActivities?: boolean | undefined;
  readonly activityTypes?: readonly string[] | undefined;
  readonly parents?: readonly string[] | undefined;
  readonly groupings?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly registrations?: readonly string[] | undefined;
  /** Under any registration, or under none. */
  readonly registered?: boolean | undefined;
  /** Stored later than this (Comm 2.1.3). */
  readonly since?: Date | undefined;
  /** Stored then or before. */
  readonly until?: Date | undefined;
  readonly timestamp?: TimeRange | undefined;
  readonly scaled?: NumberRange | undefined;
  readonly raw?: NumberRange | undefined;
  readonly seconds?: NumberRange | undefined;
  readonly success?: boolean | undefined;
  readonly completion?: boolean | undefined;
  /** Each of its words begins a word of the actor's name, of the object's name or description, or of the response. */
  readonly text?: string | undefined;
}

/** Statements of a filter between two positions, both exclusive; voided ones, too. */
export interface FilteredRange {
  readonly filter: StatementFilter;
  readonly after: string;
  readonly before: string;
}
