/** The one place where the state of a session changes, and tells those who listen. */
import { indexCourse, type CourseIndex } from '../state/course-index.js';
import type { LearnerState } from '../state/learner-state.js';
import type { CourseDocument } from '../../document/course-document.js';
import type { Clock } from './clock.js';
import { consequences } from './course-result.js';
import type { SessionEvent } from './events.js';
import { listeners } from './listeners.js';
import { timingBy, type Happening, type Scene, type Transition } from './transition.js';

type Action<A extends unknown[]> = (scene: Scene, ...args: A) => Transition | undefined;

export interface Store {
  readonly index: CourseIndex;
  readonly clock: Clock;
  readonly state: LearnerState;
  subscribe(listener: () => void): () => void;
  listen(listener: (event: SessionEvent) => void): () => void;
  /** An action that can be called; false when it changes nothing. */
  action<A extends unknown[]>(action: Action<A>): (...args: A) => boolean;
  settle(transition: Transition): void;
  /** From now on no action changes anything. */
  close(): void;
}

export function createStore(document: CourseDocument, initial: LearnerState, clock: Clock): Store {
  const index = indexCourse(document);
  const timing = timingBy(() => clock.secondsInLaunch());
  const changes = listeners<[]>();
  const events = listeners<[SessionEvent]>();
  let state = initial;
  let closed = false;

  function settle({ state: next, events: happened }: Transition): void {
    const before = state;
    const secondsSpent = initial.secondsSpent + clock.secondsInLaunch();
    state = { ...next, secondsSpent: Math.floor(secondsSpent) };
    const at = clock.now();
    const all: Happening[] = [...happened, ...consequences(index, before, state)];
    for (const event of all) events.tell({ ...event, at, secondsSpent });
    changes.tell();
  }

  return {
    index,
    clock,
    get state() {
      return state;
    },
    subscribe: changes.add,
    listen: events.add,
    settle,
    action:
      (action) =>
      (...args) => {
        const transition = closed ? undefined : action({ index, state, timing, now: clock.now() / 1000 }, ...args);
        if (transition !== undefined) settle(transition);
        return transition !== undefined;
      },
    close() {
      closed = true;
    },
  };
}
