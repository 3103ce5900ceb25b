/** "A Statement MUST use each property no more than one time" (Data 2.2): JSON.parse alone would not notice. */
import { countMembers, elementsOf, membersOf } from './json-text.js';
import type { Span, SurveyedSpan } from './json-text.js';

/**
 * The path of a property that is there twice; undefined when there is none. What extensions hold is not looked at: no
 * statement is refused for it (Data 4.1).
 *
 * @param statement the text's value at the span, as JSON.parse took it
 */
export function duplicateMember(text: string, span: SurveyedSpan, statement: unknown): readonly string[] | undefined {
  // Counting is cheap and settles nearly every statement.
  return span.members === countMembers(statement) ? undefined : find(text, span, []);
}

function find(text: string, span: Span, path: readonly string[]): readonly string[] | undefined {
  if (text[span.start] === '[')
    return first(
      elementsOf(text, span.start).map((value, index) => [String(index), value]),
      text,
      path,
    );
  if (text[span.start] !== '{') return undefined;
  const members = membersOf(text, span);
  const twice = members.find(({ name }, index) => members.findIndex((member) => member.name === name) < index);
  if (twice) return [...path, twice.name];
  const searched = members.filter(({ name }) => name !== 'extensions');
  return first(
    searched.map(({ name, value }) => [name, value]),
    text,
    path,
  );
}

function first(
  parts: (readonly [string, Span])[],
  text: string,
  path: readonly string[],
): readonly string[] | undefined {
  for (const [key, span] of parts) {
    const found = find(text, span, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
