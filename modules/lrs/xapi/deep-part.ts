/** Where a statement nests deeper than it may. */
import { elementsOf, membersOf } from './json-text.js';
import type { SurveyedSpan } from './json-text.js';

/** What is deeper than this is within an extension, or in something that a statement has no place for. */
const LONGEST_PATH = 10;

/**
 * The path of the part that is too deep; of an extension's value as a whole, as what is within it has no meaning to xAPI.
 *
 * @param allowed levels, fewer than the value at the span has
 */
export function deepPart(text: string, span: SurveyedSpan, allowed: number): readonly string[] {
  const path: string[] = [];
  let part = span;
  while (path.length < LONGEST_PATH && path.at(-2) !== 'extensions') {
    const [name, next] = partsOf(text, part).find(([, { depth }]) => depth >= allowed - path.length) ?? [];
    if (name === undefined || !next) break;
    path.push(name);
    part = next;
  }
  return path;
}

function partsOf(text: string, span: SurveyedSpan): [string, SurveyedSpan][] {
  return text[span.start] === '['
    ? elementsOf(text, span.start).map((element, index) => [String(index), element])
    : membersOf(text, span).map(({ name, value }) => [name, value]);
}
