import type { Section } from '../../exporters/document/index.js';
import { idsWithState } from '../../exporters/index.js';

/**
 * A small number for each element that keeps something of the learner. An element keeps its number from version to version,
 * and a number is never given twice, so that the state of an old version reads rightly in a new one.
 */
export function assignSlots(
  sections: readonly Section[],
  previous: Readonly<Record<string, number>>,
): Record<string, number> {
  const slots: Record<string, number> = { ...previous };
  let next = 1 + Math.max(-1, ...Object.values(previous));
  for (const id of idsWithState({ sections: [...sections] })) {
    if (slots[id] !== undefined) continue;
    slots[id] = next;
    next += 1;
  }
  return slots;
}
