/** What the statements of one learner, in one course, under one registration add up to. */

/** The learner: an Agent of xAPI with exactly one of the four identifiers. */
export interface Learner {
  readonly name?: string;
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: { readonly homePage: string; readonly name: string };
}

export interface LearnerRecord {
  readonly id: string;
  readonly registration: string;
  readonly courseId: string;
  /** Number of the published version that the learner saw last. */
  readonly version: number | undefined;
  readonly learner: Learner;
  /** The same for the same learner in every record. */
  readonly learnerKey: string;
  /** Percent of the required lessons that are complete. */
  readonly progress: number | undefined;
  readonly completion: boolean;
  /** Undefined as long as the learner has neither passed nor failed. */
  readonly success: boolean | undefined;
  /** 0 to 100. */
  readonly score: number | undefined;
  /** In the course, over all launches. */
  readonly secondsSpent: number | undefined;
  /** Times of the learner's first and last statement, by the learner's clock. */
  readonly startedAt: Date;
  readonly lastActivityAt: Date;
  readonly completedAt: Date | undefined;
  /** When the record changed, by the service's clock: when its last statement was stored. */
  readonly updatedAt: Date;
}

/** An answer to a question of an assessment, or to a knowledge check. */
export interface Answer {
  /** Of the statement that told it. */
  readonly statementId: string;
  readonly lessonId: string | undefined;
  /** The question. */
  readonly elementId: string;
  /** Number of the attempt at the assessment, or of the try at the knowledge check, from 1. */
  readonly attempt: number | undefined;
  /** Type of the interaction as xAPI names it: choice, matching, ... */
  readonly interactionType: string | undefined;
  /** In the format of the interaction's type (xAPI 1.0.3 Data 2.4.4.1). */
  readonly response: string | undefined;
  /** Undefined where no answer is right or wrong. */
  readonly correct: boolean | undefined;
  /** 0 to 100. */
  readonly score: number | undefined;
  readonly seconds: number | undefined;
  readonly answeredAt: Date;
}

export type Variables = Readonly<Record<string, number | boolean>>;

/** One decision in a scenario. */
export interface Decision {
  readonly statementId: string;
  readonly nodeId: string;
  readonly choiceId: string | undefined;
  /** Values of the scenario's variables, by the variable's element id. */
  readonly variablesBefore: Variables;
  readonly variablesAfter: Variables;
  readonly seconds: number | undefined;
  readonly decidedAt: Date;
}

/** One way through a scenario. The end is undefined as long as the learner has not come to one. */
export interface ScenarioRun {
  readonly lessonId: string;
  /** From 1. */
  readonly run: number;
  /** In the order in which they were made. */
  readonly decisions: readonly Decision[];
  readonly endingId: string | undefined;
  readonly outcome: string | undefined;
  /** 0 to 100. */
  readonly score: number | undefined;
  readonly variables: Variables | undefined;
  readonly endedAt: Date | undefined;
}

/** A record with everything that belongs to it. */
export interface ProjectedRecord {
  readonly record: LearnerRecord;
  readonly answers: readonly Answer[];
  readonly scenarioRuns: readonly ScenarioRun[];
}

export type RecordStatus = 'IN_PROGRESS' | 'COMPLETED' | 'PASSED' | 'FAILED';

/** The one word for completion and success: whether the learner passed says more than that the course is complete. */
export function statusOf({ completion, success }: Pick<LearnerRecord, 'completion' | 'success'>): RecordStatus {
  if (success === undefined) return completion ? 'COMPLETED' : 'IN_PROGRESS';
  return success ? 'PASSED' : 'FAILED';
}
