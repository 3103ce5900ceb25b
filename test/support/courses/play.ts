/** A session with a clock that stands still until a test moves it, and everything that happened in it. */
import type { CourseDocument } from '../../../exporters/document/index.js';
import { createSession, type NewSession } from '../../../exporters/player/session/create-session.js';
import type { SessionEvent, SessionEventKind, SessionEventOf } from '../../../exporters/player/session/events.js';
import type { SessionMode } from '../../../exporters/player/session/session.js';
import { freshState, type LearnerState } from '../../../exporters/player/state/learner-state.js';

export const REGISTRATION = '6f1c2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24';
/** 2024-01-01T00:00:00Z */
export const LAUNCH = 1_704_067_200_000;

export interface Play {
  session: NewSession;
  events: SessionEvent[];
  /** Lets time pass. */
  wait(seconds: number): void;
  /** The events of one kind, oldest first. */
  happened<K extends SessionEventKind>(kind: K): SessionEventOf<K>[];
  /** The kinds of the events since this was last asked. */
  news(): SessionEventKind[];
}

/** Plays a course from a state, else as a learner who opens it for the first time. */
export function play(
  document: CourseDocument,
  state: LearnerState = freshState(REGISTRATION),
  mode: SessionMode = 'normal',
): Play {
  let seconds = 0;
  const events: SessionEvent[] = [];
  const clock = { now: () => LAUNCH + seconds * 1000, secondsInLaunch: () => seconds };
  const session = createSession({ document, state, mode, clock });
  session.listen((event) => events.push(event));
  session.start();
  let told = events.length;
  return {
    session,
    events,
    wait(more) {
      seconds += more;
    },
    happened: (kind) => events.filter((event): event is SessionEventOf<typeof kind> => event.kind === kind),
    news() {
      const kinds = events.slice(told).map(({ kind }) => kind);
      told = events.length;
      return kinds;
    },
  };
}
