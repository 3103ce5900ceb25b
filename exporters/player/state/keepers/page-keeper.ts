import type { PageLesson } from '../../../document/tree.js';
import { KIND_MARKS, type Keeper } from './keeper.js';

/** A page is complete, or nothing is kept of it. */
export const pageKeeper = ({ id }: PageLesson, slot: number): Keeper => ({
  id,
  slot,
  maxLength: KIND_MARKS.page.length,
  pack: (state) => (state.completed.includes(id) ? KIND_MARKS.page : undefined),
  unpack: (state, packed) => (packed === KIND_MARKS.page ? { ...state, completed: [...state.completed, id] } : state),
});
