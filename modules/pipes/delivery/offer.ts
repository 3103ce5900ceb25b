/** Offering statements to a target that takes all or none: the bad ones are found by halving. */
import type { Outgoing, Refusal, Verdict } from '../targets/target.js';

/** Statements that are dealt with. What comes before them in the batch is, too. */
export interface Settled {
  readonly delivered: readonly Outgoing[];
  readonly refused: readonly RefusedStatement[];
  /** How many statements at once were too many. */
  readonly tooMany?: number | undefined;
}

export interface RefusedStatement {
  readonly outgoing: Outgoing;
  readonly refusal: Refusal;
}

export type Unavailable = Extract<Verdict, { kind: 'UNAVAILABLE' }>;

/**
 * Offers a batch, and halves of it where the target refuses it, from the front to the back. Yields what is settled as soon
 * as it is; ends with the verdict of a target that is not available, or with undefined when the whole batch is settled.
 */
export async function* offer(
  batch: readonly Outgoing[],
  deliver: (batch: readonly Outgoing[]) => Promise<Verdict>,
): AsyncGenerator<Settled, Unavailable | undefined> {
  const waiting: (readonly Outgoing[])[] = batch.length === 0 ? [] : [batch];
  let tooMany: number | undefined;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const verdict = await deliver(next);
    if (verdict.kind === 'UNAVAILABLE') return verdict;
    if (verdict.kind === 'TAKEN') {
      yield { delivered: next, refused: [], tooMany };
    } else if (next.length === 1) {
      yield { delivered: [], refused: [{ outgoing: next[0]!, refusal: verdict.refusal }], tooMany };
    } else {
      if (verdict.kind === 'TOO_LARGE') tooMany = next.length;
      const middle = Math.ceil(next.length / 2);
      waiting.unshift(next.slice(0, middle), next.slice(middle));
    }
  }
  return undefined;
}
