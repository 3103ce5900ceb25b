import { storedAt } from '../../lrs/index.js';
import type { ErasureCounts } from '../../lrs/index.js';
import type { Erasure } from '../erasure.js';
import type { ErasureCountObject, ErasureObject } from './erasure.graphql.js';

export const countsView = (counts: ErasureCounts): ErasureCountObject[] =>
  Object.entries(counts)
    .map(([kind, count]) => ({ kind, count }))
    .sort((one, other) => (one.kind < other.kind ? -1 : 1));

export const erasureView = ({ counts, requester, before, ...erasure }: Erasure): ErasureObject => ({
  ...erasure,
  requestedBy: requester,
  storedBefore: before === undefined ? undefined : new Date(storedAt(before)),
  counts: countsView(counts),
});
