/** Writes the objectives of the course into cmi.objectives (SCORM 1.2 RTE 3.4.4; optional for an LMS). */
import type { ObjectiveResult } from '../../../session/objectives.js';
import type { Scorm12Runtime } from './runtime.js';

export interface ObjectiveRecord {
  write(results: readonly ObjectiveResult[]): void;
}

/** Names the objectives that the LMS does not have yet; nothing where it has no objectives at all. */
export function objectiveRecord(runtime: Scorm12Runtime, ids: readonly string[]): ObjectiveRecord | undefined {
  const supported = runtime.get('cmi.objectives._children').split(',');
  if (!supported.includes('id') || ids.length === 0) return undefined;
  const places = placesOf(runtime);
  for (const id of ids.filter((each) => !places.has(each))) {
    const place = places.size;
    if (!runtime.set(`cmi.objectives.${place}.id`, id)) break;
    places.set(id, place);
  }
  const set = (id: string, field: string, value: string): void => {
    const place = places.get(id);
    if (place !== undefined && supported.includes(field.replace(/\..*/, ''))) {
      runtime.set(`cmi.objectives.${place}.${field}`, value);
    }
  };
  return {
    write(results) {
      for (const { id, status, score } of results) {
        if (score !== undefined) {
          set(id, 'score.raw', String(score));
          set(id, 'score.min', '0');
          set(id, 'score.max', '100');
        }
        set(id, 'status', status);
      }
    },
  };
}

function placesOf(runtime: Scorm12Runtime): Map<string, number> {
  const count = Number.parseInt(runtime.get('cmi.objectives._count'), 10) || 0;
  return new Map(Array.from({ length: count }, (_none, place) => [runtime.get(`cmi.objectives.${place}.id`), place]));
}
