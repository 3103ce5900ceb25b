/** Changes of a text at some of its places; whatever is between them stays as it is. */
import type { Span } from './json-text.js';

export interface Edit {
  readonly at: number;
  /** Where what is replaced ends; the same place when nothing is. */
  readonly until: number;
  readonly insert: string;
}

/** @param edits in the order of the text, none within another */
export function edited(text: string, { start, end }: Span, edits: readonly Edit[]): string {
  let result = '';
  let done = start;
  for (const { at, until, insert } of edits) {
    result += text.slice(done, at) + insert;
    done = until;
  }
  return result + text.slice(done, end);
}
