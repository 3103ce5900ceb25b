/** A statement as the store keeps it. */
export interface StoredStatement {
  /** Its place in the order of storage: greater is later. Unique in the organization. A bigint, in decimal. */
  readonly position: string;
  /** Its whole JSON text. */
  readonly text: string;
}

/** What a position has beside the milliseconds of `stored`: room for the ordinals of one millisecond. */
const ORDINALS = 1_000_000n;

/** The first position of a millisecond since 1970. */
export const positionAt = (milliseconds: number): bigint => BigInt(milliseconds) * ORDINALS;

/** Milliseconds since 1970 of the `stored` of a statement at the position. */
export const storedAt = (position: string): number => Number(BigInt(position) / ORDINALS);
