/** A learner in a course: what the screens call, and what trackers listen to. Pure: no DOM, no network. */
import type { CourseDocument } from '../../document/course-document.js';
import type { QuestionResponse } from '../../document/questions/rules.js';
import type { CourseLocation, LearnerState } from '../state/learner-state.js';
import type { SessionEvent } from './events.js';
import type { AssessmentView, CheckView, CourseResult, LessonStatus, Progress, ScenarioView } from './views.js';

/** SCORM 1.2 RTE 3.4.4, cmi.core.lesson_mode. In review and browse the course runs as ever, and nothing is written. */
export type SessionMode = 'normal' | 'review' | 'browse';

/**
 * Actions on ids that do not exist, or that the state does not allow (an answer to a locked question, a choice whose guard
 * does not hold), change nothing and return false.
 */
export interface Session {
  readonly document: CourseDocument;
  readonly mode: SessionMode;
  /** A new object after every change. */
  readonly state: LearnerState;
  /** Calls `listener` after every change; returns the way to stop it. */
  subscribe(listener: () => void): () => void;
  /** Calls `listener` with every event from now on; returns the way to stop it. */
  listen(listener: (event: SessionEvent) => void): () => void;

  progress(): Progress;
  result(): CourseResult;
  lessonStatus(lesson: string): LessonStatus;
  /** Where to go at launch: where the learner was, else the first lesson that is not complete; undefined in a first launch. */
  resumeAt(): CourseLocation | undefined;
  /** The lesson after this one, over the borders of sections. */
  lessonAfter(lesson: string): string | undefined;
  ticked(block: string): readonly string[];
  /** Views are undefined for ids that are not of the kind. */
  check(block: string): CheckView | undefined;
  scenario(lesson: string): ScenarioView | undefined;
  assessment(lesson: string): AssessmentView | undefined;

  openLesson(lesson: string): boolean;
  /** The learner has come to this block of the open page. */
  moveTo(block: string): boolean;
  /** The learner goes on from the end of a page. Scenarios and assessments complete themselves. */
  completeLesson(lesson: string): boolean;
  tick(block: string, item: string, on: boolean): boolean;
  answerCheck(block: string, response: QuestionResponse): boolean;
  retryCheck(block: string): boolean;

  /** Begins a run from the first node; again after an ending or in the middle of a run. */
  startScenario(lesson: string): boolean;
  choose(lesson: string, choice: string): boolean;
  /** Goes on from a node that is no decision. */
  advance(lesson: string): boolean;

  beginAssessment(lesson: string): boolean;
  answerQuestion(lesson: string, question: string, response: QuestionResponse): boolean;
  goToQuestion(lesson: string, position: number): boolean;
  submitAssessment(lesson: string): boolean;
  /** Finishes the attempts whose time is over, with the answers given. Call it as the clock ticks. */
  finishExpiredAttempts(): boolean;

  /** The learner leaves: the last event. Calls after it change nothing. */
  terminate(): void;
}
