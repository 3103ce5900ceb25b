/** What a course remembers of one learner: plain, immutable data. Keys are element ids of the course document. */
import type { QuestionResponse } from '../../document/questions/rules.js';
import type { ScenarioState } from '../../document/scenario/engine.js';

/** Where the learner was last: a lesson and, in a page, the block. */
export interface CourseLocation {
  readonly lesson: string;
  readonly block?: string;
}

export interface CheckState {
  /** How often it was answered. */
  readonly tries: number;
  /** The answer that stands; none while the learner tries again. */
  readonly response?: QuestionResponse;
}

/** One walk through a scenario: where the kept part of it starts, and the exits taken since, oldest first. */
export interface ScenarioRun {
  readonly start: ScenarioState;
  /** Ids of choices and edges. */
  readonly exits: readonly string[];
}

export interface ScenarioProgress {
  /** How many runs were begun; the number of the current one. */
  readonly runs: number;
  /** Ids of the endings reached in any run. */
  readonly endings: readonly string[];
  /** The best score of an ending reached, 0 to 100. */
  readonly best?: number;
  /** The current run, or the last when it has ended. */
  readonly run?: ScenarioRun;
}

/** The current attempt at an assessment, or the last one when it is over. */
export interface AssessmentAttempt {
  readonly running: boolean;
  /** Seconds since 1970 when it began. A time limit counts from here, also while the course is closed. */
  readonly startedAt: number;
  /** Place of the question shown, in the order of this attempt, from 0. */
  readonly position: number;
  /** By question id. */
  readonly answers: Readonly<Record<string, QuestionResponse>>;
}

export interface AssessmentProgress {
  /** How many attempts are over. */
  readonly finished: number;
  /** Score of the best and of the last attempt that is over, 0 to 100; none when no question of it counts. */
  readonly best?: number;
  readonly last?: number;
  readonly attempt?: AssessmentAttempt;
}

/** Counters stop here: they have a fixed number of digits in suspend data. */
export const COUNTER_LIMITS = { tries: 63, runs: 4095, attempts: 4095 } as const;

export interface LearnerState {
  /** UUID of this learner's registration; xAPI statements carry it. */
  readonly registration: string;
  /** Grows with each launch, so that of two windows the one that was opened later can be told. */
  readonly epoch: number;
  /** Time spent in the course in all launches, in seconds. */
  readonly secondsSpent: number;
  readonly location?: CourseLocation;
  /** Ids of the pages and scenarios that are complete; whether an assessment is, its attempts say. */
  readonly completed: readonly string[];
  /** Ids of the ticked items, by checklist. */
  readonly ticked: Readonly<Record<string, readonly string[]>>;
  /** By knowledge check. */
  readonly checks: Readonly<Record<string, CheckState>>;
  /** By scenario lesson. */
  readonly scenarios: Readonly<Record<string, ScenarioProgress>>;
  /** By assessment lesson. */
  readonly assessments: Readonly<Record<string, AssessmentProgress>>;
}

/** The state of a learner who opens the course for the first time. */
export const freshState = (registration: string): LearnerState => ({
  registration,
  epoch: 0,
  secondsSpent: 0,
  completed: [],
  ticked: {},
  checks: {},
  scenarios: {},
  assessments: {},
});
