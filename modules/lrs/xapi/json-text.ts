/**
 * Places in the text of JSON that JSON.parse has already taken. Statements are kept as the text they came in (numbers keep
 * their digits, strings their escapes), so what the LRS adds to them is spliced into the text.
 */

/** A value's place: from its first character to the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: its name, and the place of its value. */
export interface Member {
  readonly name: string;
  /** Where the name's opening quote is. */
  readonly start: number;
  readonly value: Span;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

const BLANKS = /[ \t\n\r]*/y;
const BLANKS_AND_COMMA = /[ \t\n\r,]*/y;
const BLANKS_AND_COLON = /[ \t\n\r:]*/y;
const PLAIN_VALUE = /[^ \t\n\r,\]}]*/y;

/** The place of the outermost value. */
export function outermost(text: string): Span {
  const start = after(BLANKS, text, 0);
  return { start, end: endOfValue(text, start) };
}

/** The places of an array's elements. */
export function elementsOf(text: string, array: Span): Span[] {
  const elements: Span[] = [];
  let at = after(BLANKS, text, array.start + 1);
  while (at < array.end - 1) {
    const end = endOfValue(text, at);
    elements.push({ start: at, end });
    at = after(BLANKS_AND_COMMA, text, end);
  }
  return elements;
}

/** The members of an object in the order of the text, also those that are there twice. */
export function membersOf(text: string, object: Span): Member[] {
  const members: Member[] = [];
  let at = after(BLANKS, text, object.start + 1);
  while (at < object.end - 1) {
    const endOfName = endOfString(text, at);
    const start = after(BLANKS_AND_COLON, text, endOfName);
    const value = { start, end: endOfValue(text, start) };
    members.push({ name: JSON.parse(text.slice(at, endOfName)) as string, start: at, value });
    at = after(BLANKS_AND_COMMA, text, value.end);
  }
  return members;
}

/** How many members a text writes in all of its objects, those that are there twice counted twice, and how deep it nests. */
export function measure(text: string, { start, end }: Span): { members: number; depth: number } {
  let members = 0;
  let level = 0;
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at) - 1;
    else if (character === COLON) members += 1;
    else if (OPENING.has(character)) depth = Math.max(depth, (level += 1));
    else if (CLOSING.has(character)) level -= 1;
  }
  return { members, depth };
}

/** How many members a parsed value has in all of its objects. */
export function countMembers(value: unknown): number {
  let count = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).length : 0;
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) count += countMembers(part);
  return count;
}

function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (!OPENING.has(first)) return after(PLAIN_VALUE, text, start);
  let depth = 0;
  for (let at = start; ; at += 1) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) at = endOfString(text, at) - 1;
    else if (OPENING.has(character)) depth += 1;
    else if (CLOSING.has(character)) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
}

function endOfString(text: string, openingQuote: number): number {
  for (let quote = text.indexOf('"', openingQuote + 1); ; quote = text.indexOf('"', quote + 1)) {
    let before = quote - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 1) return quote + 1;
  }
}

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}
