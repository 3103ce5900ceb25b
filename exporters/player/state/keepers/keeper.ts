/** How suspend data keeps what one element has of the learner. */
import type { LearnerState } from '../learner-state.js';

export interface Keeper {
  readonly id: string;
  readonly slot: number;
  /** Characters that `pack` takes at most, whatever the learner does. */
  readonly maxLength: number;
  /** What the state has of the element; undefined when it has nothing. */
  pack(state: LearnerState): string | undefined;
  /** The state with what was packed; as it was, where that does not fit the element as it is now. */
  unpack(state: LearnerState, packed: string): LearnerState;
}

/** Stands before what was packed, so that an element that has become another kind does not read it. */
export const KIND_MARKS = {
  page: 'p',
  scenario: 's',
  assessment: 'a',
  checklist: 'l',
  check: 'c',
  question: 'q',
} as const;
