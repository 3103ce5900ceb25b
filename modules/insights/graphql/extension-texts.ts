/** Extensions as GraphQL shows them: as the JSON that was sent, whose numbers may have more digits than a double has room for. */
import { edited, elementsOf, membersOf, wholeOf } from '../../lrs/index.js';
import type { Edit, Span, Statement } from '../../lrs/index.js';

/** The statement, with the JSON of each extension, as a string, in the place of its value. */
export function withExtensionTexts(text: string): Statement {
  const whole = wholeOf(text);
  return JSON.parse(edited(text, whole, [...editsIn(text, whole)])) as Statement;
}

/** Outside of extensions every name is one of xAPI's, and none but theirs is `extensions`. */
function* editsIn(text: string, span: Span): Generator<Edit> {
  if (text[span.start] === '[') for (const element of elementsOf(text, span.start)) yield* editsIn(text, element);
  if (text[span.start] !== '{') return;
  for (const { name, value } of membersOf(text, span)) {
    if (name === 'extensions') yield* membersOf(text, value).map((extension) => quoted(text, extension.value));
    else yield* editsIn(text, value);
  }
}

const quoted = (text: string, { start, end }: Span): Edit => ({
  at: start,
  until: end,
  insert: JSON.stringify(text.slice(start, end)),
});
