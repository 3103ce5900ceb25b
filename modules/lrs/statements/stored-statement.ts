/** A statement as the store keeps it. */
export interface StoredStatement {
  /** Its place in the order of storage: greater is later. Unique in the organization. A bigint, in decimal. */
  readonly position: string;
  /** Its whole JSON text. */
  readonly text: string;
}

/** What a position has beside the milliseconds of `stored`: room for the ordinals of one millisecond. */
const ORDINALS = 1_000_000n;

/** Positions are PostgreSQL's bigint. */
const GREATEST = 2n ** 63n - 1n;

/** The first position of a millisecond since 1970; the first or last of all for times out of reach. */
export function positionAt(milliseconds: number): string {
  const position = BigInt(milliseconds) * ORDINALS;
  return String(position < 0n ? 0n : position > GREATEST ? GREATEST : position);
}

export const isPosition = (text: string): boolean => /^\d{1,19}$/.test(text) && BigInt(text) <= GREATEST;

/** Milliseconds since 1970 of the `stored` of a statement at the position. */
export const storedAt = (position: string): number => Number(BigInt(position) / ORDINALS);
