import type { Problem, Severity } from '../../../src/platform/errors.js';
import type { Asset } from '../../assets/index.js';
import type { DraftCourse } from '../draft.js';

/** What checks may look at besides the draft itself. */
export interface CheckContext {
  /** The assets of the organization that the draft refers to, by id. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Slots of the latest version; empty before the first. */
  readonly previousSlots: Readonly<Record<string, number>>;
}

/** One rule of publishing, as a pure function; the table in index.ts names them all. */
export type Check = (draft: DraftCourse, context: CheckContext) => Problem[];

export function problem(
  severity: Severity,
  code: string,
  path: readonly (string | number)[],
  message: string,
  hint: string,
): Problem {
  return { severity, code, path: path.map(String), message, hint };
}
