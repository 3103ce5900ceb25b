/** What a pipe delivers to, whatever it is. A kind of target is one file beside this one, and its lines in targets.ts. */
import type { Statement } from '../../lrs/index.js';

/**
 * Why a statement is not delivered, and is not tried again by itself: the target refuses it; has another statement under its
 * id; finds it too large even alone; its version of xAPI cannot express it; or bytes that belong to it are gone.
 */
export const REFUSAL_REASONS = ['REFUSED', 'CONFLICT', 'TOO_LARGE', 'VERSION', 'ATTACHMENT_MISSING'] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** What a target says of a statement that it will not take. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** Status of the target's answer; undefined when it was not asked. */
  readonly status?: number | undefined;
  /** What the target answered, cut off, or why it was not asked. */
  readonly answer: string;
}

/** A statement on its way out. */
export interface Outgoing {
  readonly position: string;
  readonly id: string;
  readonly statement: Statement;
  /** Its JSON as it is stored. */
  readonly text: string;
}

/** What came of a request with several statements. */
export type Verdict =
  | { readonly kind: 'TAKEN' }
  /** At least one of them is not acceptable, and none was taken. */
  | { readonly kind: 'REFUSED'; readonly refusal: Refusal }
  /** Fewer at once may be. */
  | { readonly kind: 'TOO_LARGE'; readonly refusal: Refusal }
  /** It says nothing about the statements: try the same again later. */
  | { readonly kind: 'UNAVAILABLE'; readonly message: string; readonly retryAt?: Date | undefined };

/** What a request needs beside statements. */
export interface Delivery<Settings> {
  readonly organizationId: string;
  readonly settings: Settings;
  /** The secret part of the credential. */
  readonly secret: string;
  /** Gives the request up; the verdict then means nothing. */
  readonly signal: AbortSignal;
}

/** One kind of target. */
export interface Target<Settings> {
  /** Why a target of these settings can never take the statement; undefined when it may. */
  unfit(statement: Statement, settings: Settings): Refusal | undefined;
  /** Bytes that a statement adds to a request. */
  sizeOf(outgoing: Outgoing): number;
  /**
   * Offers statements, all or none, in their order. What the target has already is taken, so that repeating does no harm.
   * It does not throw for what the target does or fails to do.
   */
  deliver(batch: readonly Outgoing[], delivery: Delivery<Settings>): Promise<Verdict>;
}
