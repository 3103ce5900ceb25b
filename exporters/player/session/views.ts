/** What a session shows of its state: read-only answers for the screens. */
import type { Choice, Edge, Question, ScenarioNode, ScenarioVariable } from '../../document/tree.js';
import type { QuestionResponse } from '../../document/questions/rules.js';
import type { Grade } from '../../document/questions/question-rules.js';
import type { VariableValues } from '../../document/scenario/engine.js';

export type LessonStatus = 'not-started' | 'started' | 'complete';

/** How far the learner is, counted in required lessons. */
export interface Progress {
  completed: number;
  total: number;
  /** 0 to 1. */
  share: number;
}

export interface CourseResult {
  complete: boolean;
  /** Whether the course is passed; undefined while open, and where nothing can be passed. */
  success?: boolean;
  /** 0 to 100; only once every required assessment is done. */
  score?: number;
}

/** A question as it is shown: in a knowledge check or in an attempt at an assessment. */
export interface QuestionView {
  /** A knowledge check's question has the id of its block. */
  question: Question;
  /** Ids of options, of items to be ordered, or of the targets of a matching, in the order to show; empty for other kinds. */
  order: readonly string[];
  response?: QuestionResponse;
  /** True when the answer stands and can no longer be changed. */
  locked: boolean;
  /** How the answer was graded; only when the learner may know. */
  grade?: Grade;
  /** What the learner reads about the answer, as HTML; only when the learner may know. */
  feedback: readonly string[];
  /** Whether the right answer may be shown beside the learner's. */
  showsSolution: boolean;
}

export interface CheckView extends QuestionView {
  tries: number;
  mayRetry: boolean;
}

/** A node the learner came through, and how it was left. */
export interface ScenarioStep {
  node: ScenarioNode;
  /** The variables on arrival. */
  variables: VariableValues;
  /** The exit taken; undefined at the last step. */
  exit?: Choice | Edge;
  /** The variables after the exit's effects. */
  variablesAfter?: VariableValues;
}

export interface ScenarioView {
  phase: 'introduction' | 'running' | 'ended';
  /** Number of the current run, from 1; 0 before the first. */
  run: number;
  /** The nodes of the current run, oldest first; the last is where the learner is. Empty before the first run. */
  steps: readonly ScenarioStep[];
  /** Whether the beginning of a very long run is no longer kept. */
  shortened: boolean;
  /** The choices that are open at the current decision. */
  choices: readonly Choice[];
  /** Whether the way on from the current node is open (any node but a decision or an ending). */
  mayAdvance: boolean;
  /** The variables that the learner sees, in the author's order. */
  meters: readonly { variable: ScenarioVariable; value: number | boolean }[];
  /** Ids of the endings reached in any run. */
  endings: readonly string[];
  best?: number;
}

export interface AttemptScore {
  /** 0 to 100; undefined when no question counts. */
  score?: number;
  passed: boolean;
}

export interface AssessmentView {
  phase: 'introduction' | 'running' | 'finished';
  /** Number of the current attempt, or of the last when it is over; 0 before the first. */
  attempt: number;
  /** Attempts left besides a running one; undefined when there is no limit. */
  attemptsLeft?: number;
  mayBegin: boolean;
  /** The questions in the order of the attempt, or of the author before the first. */
  questions: readonly QuestionView[];
  /** Place of the question shown, from 0. */
  position: number;
  /** Ids of the questions without an answer. */
  unanswered: readonly string[];
  /** Seconds left of a running attempt with a time limit. */
  secondsLeft?: number;
  passMark: number;
  last?: AttemptScore;
  best?: AttemptScore;
}
