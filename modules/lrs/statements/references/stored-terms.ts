import type { Statement } from '../../xapi/statement.js';
import { termsOf } from '../../xapi/terms.js';

/** By what a stored statement is found. It always has an authority. */
export function storedTerms(text: string): ReadonlyMap<string, boolean> {
  const statement = JSON.parse(text) as Statement;
  return termsOf(statement, statement.authority!);
}
