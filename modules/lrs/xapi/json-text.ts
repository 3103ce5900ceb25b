/**
 * Places in the text of JSON that JSON.parse has already taken. Statements are kept as the text they came in (numbers keep
 * their digits, strings their escapes), so what the LRS adds to them is spliced into the text.
 */

/** A value's place: from its first character to the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value's place, and what one walk through its text tells besides. */
export interface SurveyedSpan extends Span {
  /** How many members it writes in all of its objects; those that are there twice count twice. */
  readonly members: number;
  /** How many levels of objects and lists it has. */
  readonly depth: number;
}

/** A member of an object: its name, and the place of its value. */
export interface Member {
  readonly name: string;
  /** The name as it is written, quotes and escapes and all. */
  readonly label: Span;
  readonly value: SurveyedSpan;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const isOpening = (character: number): boolean => character === 0x7b || character === 0x5b;
const isClosing = (character: number): boolean => character === 0x7d || character === 0x5d;

const BLANKS = /[ \t\n\r]*/y;
const BLANKS_AND_COMMA = /[ \t\n\r,]*/y;
const BLANKS_AND_COLON = /[ \t\n\r:]*/y;
const PLAIN_VALUE = /[^ \t\n\r,\]}]*/y;

/** The value that the text is. */
export const wholeOf = (text: string): SurveyedSpan => survey(text, text.search(/[^ \t\n\r]/));

/** Whether the text is a list. */
export const isList = (text: string): boolean => /^[ \t\n\r]*\[/.test(text);

/** The elements of a list that starts there; without a place, of the list that the text is. */
export function elementsOf(text: string, list = text.indexOf('[')): SurveyedSpan[] {
  const elements: SurveyedSpan[] = [];
  let at = after(BLANKS, text, list + 1);
  while (text[at] !== ']') {
    const element = survey(text, at);
    elements.push(element);
    at = after(BLANKS_AND_COMMA, text, element.end);
  }
  return elements;
}

/**
 * The elements of the list that the text is, one after the other: a long list need not be looked through at once. The text
 * may be anything here; where an element is no JSON, JSON.parse is to tell.
 *
 * @throws SyntaxError when the text is no list of values with commas between them
 */
export function* eachElement(text: string): Generator<SurveyedSpan> {
  let at = after(BLANKS, text, text.indexOf('[') + 1);
  if (text[at] !== ']') {
    for (;;) {
      const element = survey(text, at);
      yield element;
      at = after(BLANKS, text, element.end);
      if (text[at] === ']') break;
      if (text[at] !== ',') throw new SyntaxError('A comma or the end of the list is missing.');
      at = after(BLANKS, text, at + 1);
    }
  }
  if (after(BLANKS, text, at + 1) !== text.length) throw new SyntaxError('There is more after the end of the list.');
}

/** The members of an object in the order of the text, also those that are there twice. */
export function membersOf(text: string, object: Span): Member[] {
  const members: Member[] = [];
  let at = after(BLANKS, text, object.start + 1);
  while (at < object.end - 1) {
    const endOfName = endOfString(text, at);
    const value = survey(text, after(BLANKS_AND_COLON, text, endOfName));
    const name = stringAt(text, { start: at, end: endOfName });
    members.push({ name, label: { start: at, end: endOfName }, value });
    at = after(BLANKS_AND_COMMA, text, value.end);
  }
  return members;
}

/** The member of that name; of several, the one that JSON.parse would take. */
export const memberNamed = (members: readonly Member[], name: string): Member | undefined =>
  members.findLast((member) => member.name === name);

/** The string that is there. */
export function stringAt(text: string, { start, end }: Span): string {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : inside;
}

/** The text of a part that is there: of an object's member by name, of a list's element by index. */
export function textAt(text: string, path: readonly string[]): string {
  let span: Span = wholeOf(text);
  for (const step of path) {
    const part =
      text[span.start] === '['
        ? elementsOf(text, span.start)[Number(step)]
        : memberNamed(membersOf(text, span), step)?.value;
    if (!part) throw new Error(`The text has nothing at ${path.join('.')}.`);
    span = part;
  }
  return text.slice(span.start, span.end);
}

/** How many members a parsed value has in all of its objects. */
export function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) count += countMembers(element);
    return count;
  }
  const keys = Object.keys(value);
  for (const key of keys) {
    const part = (value as Record<string, unknown>)[key];
    if (typeof part === 'object') count += countMembers(part);
  }
  return count + keys.length;
}

/** Walks through the value that starts there. */
function survey(text: string, start: number): SurveyedSpan {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return { start, end: endOfString(text, start), members: 0, depth: 0 };
  if (!isOpening(first)) return { start, end: after(PLAIN_VALUE, text, start), members: 0, depth: 0 };
  let members = 0;
  let level = 0;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at) - 1;
    else if (character === COLON) members += 1;
    else if (isOpening(character)) depth = Math.max(depth, (level += 1));
    else if (isClosing(character) && (level -= 1) === 0) return { start, end: at + 1, members, depth };
  }
  throw new SyntaxError('The text ends within a value.');
}

function endOfString(text: string, openingQuote: number): number {
  for (let quote = text.indexOf('"', openingQuote + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
  throw new SyntaxError('The text ends within a string.');
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}
