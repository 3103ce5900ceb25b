/** Puts queries and actions together into a session. */
import type { CourseDocument } from '../../document/course-document.js';
import type { CourseIndex } from '../state/course-index.js';
import type { CourseLocation, LearnerState } from '../state/learner-state.js';
import {
  answerQuestion,
  beginAssessment,
  finishExpired,
  goToQuestion,
  submitAssessment,
} from './lessons/assessments.js';
import { assessmentView } from './lessons/assessment-view.js';
import { answerCheck, checkView, retryCheck } from './lessons/checks.js';
import type { Clock } from './clock.js';
import { isComplete, lessonStatus, progressOf, requiredLessons, resultOf } from './course-result.js';
import { completeLesson, moveTo, openLesson, tick } from './lessons/pages.js';
import { scenarioView } from './lessons/scenario-view.js';
import { advance, choose, startScenario } from './lessons/scenarios.js';
import type { Session, SessionMode } from './session.js';
import { createStore, type Store } from './store.js';

export interface SessionInput {
  document: CourseDocument;
  /** As it was left, or fresh. */
  state: LearnerState;
  mode: SessionMode;
  clock: Clock;
}

/** A session that has not begun: `start` is its first event, for which trackers must be listening already. */
export interface NewSession extends Session {
  start(): void;
}

export function createSession({ document, state: initial, mode, clock }: SessionInput): NewSession {
  const store = createStore(document, initial, clock);
  return {
    document,
    mode,
    get state() {
      return store.state;
    },
    subscribe: store.subscribe,
    listen: store.listen,
    ...queriesOf(store),
    ...actionsOf(store),
    ...launchOf(store),
  };
}

function launchOf(store: Store): Pick<NewSession, 'start' | 'terminate'> {
  const terminated = store.action(({ index, state }) => ({
    state,
    events: [{ kind: 'terminated', seconds: store.clock.secondsInLaunch(), complete: resultOf(index, state).complete }],
  }));
  return {
    start() {
      const state = { ...store.state, epoch: store.state.epoch + 1 };
      store.settle({ state, events: [{ kind: 'initialized', resumed: store.state.epoch > 0 }] });
    },
    terminate() {
      terminated();
      store.close();
    },
  };
}

type Queries =
  | 'progress'
  | 'result'
  | 'lessonStatus'
  | 'resumeAt'
  | 'lessonAfter'
  | 'ticked'
  | 'check'
  | 'scenario'
  | 'assessment';

function queriesOf(store: Store): Pick<Session, Queries> {
  const { index, clock } = store;
  return {
    progress: () => progressOf(index, store.state),
    result: () => resultOf(index, store.state),
    lessonStatus(id) {
      const lesson = index.lesson(id);
      return lesson === undefined ? 'not-started' : lessonStatus(lesson, store.state);
    },
    resumeAt: () => resumeAt(index, store.state),
    lessonAfter(id) {
      const place = index.lessons.findIndex((lesson) => lesson.id === id);
      return place < 0 ? undefined : index.lessons[place + 1]?.id;
    },
    ticked: (block) => store.state.ticked[block] ?? [],
    check: (block) => checkView(index, store.state, block),
    scenario(id) {
      const lesson = index.scenario(id);
      return lesson && scenarioView(lesson, store.state);
    },
    assessment(id) {
      const lesson = index.assessment(id);
      return lesson && assessmentView(lesson, store.state, clock.now() / 1000);
    },
  };
}

function actionsOf(
  store: Store,
): Omit<Session, Queries | 'document' | 'mode' | 'state' | 'subscribe' | 'listen' | 'terminate'> {
  const finishOne = store.action(finishExpired);
  return {
    openLesson: store.action(openLesson),
    moveTo: store.action(moveTo),
    completeLesson: store.action(completeLesson),
    tick: store.action(tick),
    answerCheck: store.action(answerCheck),
    retryCheck: store.action(retryCheck),
    startScenario: store.action(startScenario),
    choose: store.action(choose),
    advance: store.action(advance),
    beginAssessment: store.action(beginAssessment),
    answerQuestion: store.action(answerQuestion),
    goToQuestion: store.action(goToQuestion),
    submitAssessment: store.action(submitAssessment),
    finishExpiredAttempts() {
      let any = false;
      while (finishOne()) any = true;
      return any;
    },
  };
}

function resumeAt(index: CourseIndex, state: LearnerState): CourseLocation | undefined {
  const { lesson, block } = state.location ?? {};
  if (lesson !== undefined && index.lesson(lesson) !== undefined) {
    // A location may come from another version of the course.
    return block !== undefined && index.lessonOf(block)?.id === lesson ? { lesson, block } : { lesson };
  }
  if (!index.lessons.some((lesson) => lessonStatus(lesson, state) !== 'not-started')) return undefined;
  const next = requiredLessons(index).find((lesson) => !isComplete(lesson, state)) ?? index.lessons[0];
  return next && { lesson: next.id };
}
