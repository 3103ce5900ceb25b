/** What becomes of the statements of a batch when each stands alone. */
import { AccessDenied } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import type { BadStatement } from './statement-intake.js';

/** A statement of a batch that was not stored. */
export interface RefusedStatement {
  /** Its place in the batch, from 0. */
  readonly index: number;
  readonly id?: string;
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  /** Everything that is wrong, when it is more than one thing. */
  readonly problems?: readonly Problem[];
}

export interface PartialBatch {
  /** Ids in the order of the batch, also of those that were stored already and are the same. */
  readonly stored: readonly string[];
  /** In the order of the batch. */
  readonly refused: readonly RefusedStatement[];
}

export function refusedAsBad({ id, problems }: BadStatement, index: number): RefusedStatement {
  const { code, message, path } = problems[0]!;
  const all = problems.length > 1 ? { problems } : {};
  return { index, ...(id !== undefined && { id }), code, message, path, ...all };
}

/** @throws what it is given, unless it is a refusal of access */
export function refusedAsDenied(error: unknown, id: string | undefined, index: number): RefusedStatement {
  if (!(error instanceof AccessDenied)) throw error;
  const { code, message } = error;
  return { index, ...(id !== undefined && { id }), code, message, path: [String(index)] };
}

export const refusedAsConflict = (id: string, index: number): RefusedStatement => ({
  index,
  id,
  code: 'CONFLICT',
  message: `Another statement with the id ${id} is stored (Comm 2.1.2).`,
  path: [String(index), 'id'],
});
