/** Writes cmi.interactions as a journal: each answer is a new entry, an earlier one is never changed. */
import type { Field } from './entry.js';
import type { Scorm12Runtime } from './runtime.js';

export interface InteractionJournal {
  /** @param fields An entry, its id first; no fields are no entry. */
  write(fields: readonly Field[]): void;
}

/**
 * At unload an LMS sends everything in one beacon, which the browser drops whole above 64 KiB. The journal ends before that, with
 * room for suspend data and the rest; the answers themselves are in suspend data, and in statements.
 */
const MAX_BYTES = 50_000;
const EARLIER_ENTRY_BYTES = 450;

/** A journal, or nothing where the LMS has no interactions: they are optional in SCORM 1.2. */
export function interactionJournal(runtime: Scorm12Runtime): InteractionJournal | undefined {
  const supported = runtime.get('cmi.interactions._children').split(',');
  if (!supported.includes('id')) return undefined;
  let next = Number.parseInt(runtime.get('cmi.interactions._count'), 10) || 0;
  let bytes = next * EARLIER_ENTRY_BYTES;
  return {
    write(fields) {
      const prefix = `cmi.interactions.${next}.`;
      const [id, ...others] = fields.filter(([name]) => supported.includes(name.replace(/\..*/, '')));
      const size = fields.reduce(
        (sum, [name, value]) => sum + encodeURIComponent(`${prefix}${name}=${value}&`).length,
        0,
      );
      if (id === undefined || bytes + size > MAX_BYTES) return;
      // Without its id an entry has no place.
      if (!runtime.set(prefix + id[0], id[1])) return;
      for (const [name, value] of others) runtime.set(prefix + name, value);
      bytes += size;
      next += 1;
    },
  };
}
