/** A pipe forwards the statements of an organization to another service. */
import type { Actor } from '../lrs/index.js';
import type { Refusal } from './targets/target.js';
import type { TargetSettings } from './targets/targets.js';

/** What goes through a pipe. Of each list that is given one member must match; all lists that are given must hold. */
export interface PipeFilter {
  /** Ids of verbs. */
  readonly verbs?: readonly string[];
  readonly activities?: readonly ActivityPattern[];
  /** Types of the activity that the statement is about. */
  readonly activityTypes?: readonly string[];
  readonly agents?: readonly AgentPattern[];
  readonly registrations?: readonly string[];
  /** Ids of courses of this service: the statement is about the course or an element of it. */
  readonly courses?: readonly string[];
  /** ISO 8601. Stored later than this. */
  readonly since?: string;
}

export interface ActivityPattern {
  readonly id: string;
  /** All activities whose ids begin so. */
  readonly prefix: boolean;
  /** In every place, as `related_activities` of xAPI; otherwise as the object only. */
  readonly related: boolean;
}

export interface AgentPattern {
  /** With an identifier. */
  readonly agent: Actor;
  /** In every place, as `related_agents` of xAPI; otherwise as actor and object only. */
  readonly related: boolean;
}

/** What a user says of a pipe. */
export interface PipeSettings {
  readonly name: string;
  readonly target: TargetSettings;
  readonly filter: PipeFilter;
  /** Most statements of one request. */
  readonly batchSize: number;
}

export interface Pipe extends PipeSettings {
  readonly id: string;
  /** Grows when the settings change, or the pipe is paused or resumed. */
  readonly revision: number;
  readonly paused: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** How far a pipe is, and how it fares. */
export interface PipeProgress {
  readonly pipeId: string;
  /** Statements up to this position are delivered, filtered out, or dead letters. */
  readonly position: string;
  /** How often a target has taken a statement; a replay counts again. */
  readonly delivered: number;
  readonly lastSuccessAt: Date | undefined;
  readonly lastFailureAt: Date | undefined;
  readonly lastError: string | undefined;
  /** Failed attempts since the last success. */
  readonly failures: number;
  /** No attempt before then; undefined when nothing stands in the way. */
  readonly nextAttemptAt: Date | undefined;
  readonly deadLetters: number;
}

/** A statement that a pipe could not deliver. */
export interface DeadLetter extends Refusal {
  readonly position: string;
  readonly statementId: string;
  readonly attempts: number;
  readonly failedAt: Date;
  /** Waits to be tried again. */
  readonly retrying: boolean;
}
