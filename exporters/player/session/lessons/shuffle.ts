/** Orders that look random and are the same at every launch: they follow from a seed, so nothing of them is stored. */
import { fingerprint32 } from '../../state/digits.js';

/** Numbers from 0 up to 1 (xorshift, Marsaglia 2003). */
function randomNumbers(seed: string): () => number {
  let x = fingerprint32(seed) || 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

/** A copy in an order that depends on the seed alone (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  const random = randomNumbers(seed);
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** As `shuffled`, but never in the order given: what is to be put in order must not be there at the start. */
export function deranged<T>(items: readonly T[], seed: string): T[] {
  const result = shuffled(items, seed);
  const [first, ...rest] = result;
  return first !== undefined && result.every((item, place) => item === items[place]) ? [...rest, first] : result;
}
