import type { Block } from '../../../document/tree.js';
import { fingerprint, flagged, flagsLength, flagsOf } from '../digits.js';
import { KIND_MARKS, type Keeper } from './keeper.js';

/** The ticks of a checklist; they are lost when its items change. */
export function checklistKeeper({ id, items }: Extract<Block, { kind: 'checklist' }>, slot: number): Keeper {
  const itemIds = items.map((item) => item.id);
  const head = KIND_MARKS.checklist + fingerprint(itemIds.join(), 2);
  return {
    id,
    slot,
    maxLength: head.length + flagsLength(itemIds),
    pack(state) {
      const ticked = state.ticked[id];
      return ticked === undefined ? undefined : head + flagsOf(itemIds, ticked);
    },
    unpack(state, packed) {
      const ticked = packed.startsWith(head) ? flagged(itemIds, packed.slice(head.length)) : undefined;
      return ticked === undefined ? state : { ...state, ticked: { ...state.ticked, [id]: ticked } };
    },
  };
}
