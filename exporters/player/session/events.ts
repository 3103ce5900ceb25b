/** What happens in a session. Trackers and the statement reporter consume these; the state is already the new one. */
import type { QuestionResponse } from '../../document/questions/rules.js';
import type { Grade } from '../../document/questions/question-rules.js';
import type { VariableValues } from '../../document/scenario/engine.js';
import type { CourseLocation } from '../state/learner-state.js';

/** An answer that stands. `seconds` is the time it took; undefined when it was begun in another launch. */
interface Answered {
  response: QuestionResponse;
  grade: Grade;
  seconds?: number;
}

interface EventFields {
  /** The course was opened. */
  initialized: { resumed: boolean };
  lessonOpened: { lesson: string };
  moved: { location: CourseLocation };
  ticked: { block: string; item: string; on: boolean };
  checkAnswered: Answered & { block: string; tries: number };
  checkReopened: { block: string };
  scenarioStarted: { lesson: string; run: number };
  /** The learner went on from a node that is no decision. */
  scenarioAdvanced: { lesson: string; run: number; node: string };
  decisionMade: {
    lesson: string;
    run: number;
    node: string;
    choice: string;
    before: VariableValues;
    after: VariableValues;
    seconds: number;
  };
  scenarioEnded: { lesson: string; run: number; node: string; score: number; variables: VariableValues };
  assessmentBegun: { lesson: string; attempt: number };
  /** The learner looks at another question of the attempt. */
  questionShown: { lesson: string; question: string };
  /** An answer was given that may still be changed. */
  answerKept: { lesson: string; question: string };
  /** An answer stands: at once where feedback follows each question, else when the attempt is over. */
  questionAnswered: Answered & { lesson: string; attempt: number; question: string };
  assessmentFinished: {
    lesson: string;
    attempt: number;
    score?: number;
    passed: boolean;
    /** No earlier attempt was better. */
    best: boolean;
    timeUp: boolean;
  };
  lessonCompleted: { lesson: string };
  /** `share` of the required lessons, 0 to 1. */
  progressed: { share: number };
  /** The score of the course is known, or has become better. */
  courseScored: { score: number };
  courseCompleted: { score?: number };
  coursePassed: { score?: number };
  courseFailed: { score?: number };
  /** The learner leaves; `seconds` is the time spent in this launch. */
  terminated: { seconds: number; complete: boolean };
}

export type SessionEventKind = keyof EventFields;

/** `at` is the time in milliseconds since 1970; `secondsSpent` the time in the course up to then, over all launches. */
export type SessionEvent = {
  [K in SessionEventKind]: { kind: K; at: number; secondsSpent: number } & EventFields[K];
}[SessionEventKind];

export type SessionEventOf<K extends SessionEventKind> = Extract<SessionEvent, { kind: K }>;
