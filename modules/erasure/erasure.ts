/** Erasures of people. */
import type { Principal } from '../../src/platform/access/principal.js';
import type { ErasedContent, ErasureCounts } from '../lrs/index.js';

/** WAITING: until what was handed over before has been stored. */
export type ErasureStatus = 'WAITING' | 'RUNNING' | 'DONE';

/** Who asked for it: a key, or the client of a token. Whom the client acted for is nobody's business afterwards. */
export interface Requester {
  readonly keyId: string;
  readonly client?: string;
}

export interface Erasure {
  readonly id: string;
  readonly status: ErasureStatus;
  readonly content: ErasedContent;
  readonly requester: Requester;
  readonly requestedAt: Date;
  /** Statements before this position are touched; undefined as long as it waits. */
  readonly before: string | undefined;
  /** The checkpoint: the step that is next or under way, and where it goes on. */
  readonly step: string | undefined;
  readonly after: string | undefined;
  readonly counts: ErasureCounts;
  /** Why the last attempt was cut off. */
  readonly error: string | undefined;
  readonly finishedAt: Date | undefined;
}

export const requesterOf = ({ keyId, token }: Principal): Requester => ({
  keyId,
  ...(token && { client: token.client }),
});

export const isFinished = ({ status }: Erasure): boolean => status === 'DONE';

export function sumOf(all: readonly ErasureCounts[]): ErasureCounts {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [kind, count] of Object.entries(counts)) sum[kind] = (sum[kind] ?? 0) + count;
  }
  return sum;
}

/** What sealed identities belong to. */
export const sealPlaceOf = (organizationId: string, erasureId: string): string =>
  `erasure ${erasureId} of ${organizationId}`;
