/** What an action does: a new state, and what happened. */
import type { CourseIndex } from '../state/course-index.js';
import type { LearnerState } from '../state/learner-state.js';
import type { SessionEvent, SessionEventKind, SessionEventOf } from './events.js';

/** An event before the session adds its time. */
export type Happening = {
  [K in SessionEventKind]: Omit<SessionEventOf<K>, 'at' | 'secondsSpent'>;
}[SessionEvent['kind']];

export interface Transition {
  state: LearnerState;
  events: readonly Happening[];
}

/** What an action may look at. */
export interface Scene {
  readonly index: CourseIndex;
  readonly state: LearnerState;
  /** Seconds since 1970. */
  readonly now: number;
  readonly timing: Timing;
}

/** How long the learner has taken over things in this launch, in seconds. */
export interface Timing {
  /** The learner looks at it from now on, unless this was said before. */
  begin(key: string): void;
  /** The learner has answered it, perhaps again. */
  mark(key: string): void;
  /** From its begin to its last mark, else to now; undefined when it was begun in an earlier launch. */
  taken(key: string): number | undefined;
  /** It is finished with: the next begin is a new one. */
  end(key: string): void;
}

/** Keeps times by the seconds of a stopwatch. */
export function timingBy(seconds: () => number): Timing {
  const spans = new Map<string, { from: number; to?: number }>();
  return {
    begin(key) {
      if (!spans.has(key)) spans.set(key, { from: seconds() });
    },
    mark(key) {
      const span = spans.get(key);
      if (span !== undefined) spans.set(key, { from: span.from, to: seconds() });
    },
    taken(key) {
      const span = spans.get(key);
      return span && (span.to ?? seconds()) - span.from;
    },
    end(key) {
      spans.delete(key);
    },
  };
}

/** A counter one further; it stops where its digits in suspend data end. */
export const counted = (value: number, max: number): number => Math.min(value + 1, max);
