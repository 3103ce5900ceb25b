import { MalformedMultipart } from './malformed-multipart.js';
import { parseHeaders } from './part-headers.js';
import type { PartHeaders } from './part-headers.js';

/** What the parser has found next. The bytes of a part come in pieces, between its headers and its end. */
export type MultipartEvent =
  | { readonly kind: 'part'; readonly headers: PartHeaders }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

type State = 'preamble' | 'headers' | 'body' | 'epilogue';

/** The line of a boundary: where it ends, and whether it is the last one. */
interface Delimiter {
  readonly next: number;
  readonly closing: boolean;
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const DASH = 0x2d;

/** In bytes: what may come before the first part, and the headers of one part. */
const MAXIMUM_PREAMBLE = 64 * 1024;
const MAXIMUM_HEADERS = 16 * 1024;

/** Blanks behind a boundary (RFC 2046 5.1.1, transport-padding). */
const MAXIMUM_PADDING = 256;

const END: MultipartEvent = { kind: 'end' };

/**
 * Reads a multipart message (RFC 2046 5.1) from chunks that end anywhere, and holds no more of it than a chunk and a line.
 *
 * A boundary counts only as a line of its own: bytes that merely begin like one belong to their part, and so does every
 * line end but the one before a boundary. The line of the first boundary tells whether lines end with CRLF, as they
 * should, or with LF alone, as some clients have it: what bounds a part then never depends on the bytes of a part.
 */
export class MultipartParser {
  private state: State = 'preamble';
  /** What is not understood yet. */
  private rest: Buffer = Buffer.alloc(0);
  private readonly dashBoundary: Buffer;
  /** What ends a part: the line end of this message, and the boundary. */
  private delimiter: Buffer = Buffer.alloc(0);
  /** Bytes of the preamble, or of the headers of the part at hand. */
  private seen = 0;
  private lines: string[] = [];
  /** How many bytes of the rest are the blank line before a body. Its end may be the one before the boundary, too. */
  private blank = 0;

  constructor(boundary: string) {
    this.dashBoundary = Buffer.from(`--${boundary}`, 'latin1');
  }

  /** @throws MalformedMultipart */
  *push(chunk: Buffer): Generator<MultipartEvent, void> {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    yield* this.advance(false);
  }

  /** To be called where the message has ended. @throws MalformedMultipart when it must not end there */
  *finish(): Generator<MultipartEvent, void> {
    yield* this.advance(true);
    if (this.state === 'epilogue') return;
    const reason = this.state === 'preamble' ? 'its boundary is nowhere in it' : 'it ends before its last boundary';
    throw new MalformedMultipart(`The body is not multipart/mixed: ${reason} (RFC 2046 5.1).`);
  }

  /** @param last whether nothing more will come */
  private *advance(last: boolean): Generator<MultipartEvent, void> {
    for (let further = true; further;) {
      switch (this.state) {
        case 'preamble':
          further = this.passPreamble(last);
          break;
        case 'headers':
          further = yield* this.readHeaders(last);
          break;
        case 'body':
          further = yield* this.readBody(last);
          break;
        case 'epilogue':
          this.rest = Buffer.alloc(0);
          further = false;
      }
    }
  }

  private passPreamble(last: boolean): boolean {
    for (;;) {
      const line = this.takeLine(last, MAXIMUM_PREAMBLE, 'before its first boundary');
      if (!line) return false;
      const found = this.boundaryIn(line);
      if (!found) continue;
      const lineEnd = line.at(-2) === RETURN ? '\r\n' : '\n';
      this.delimiter = Buffer.concat([Buffer.from(lineEnd), this.dashBoundary]);
      this.pass(found);
      return true;
    }
  }

  private *readHeaders(last: boolean): Generator<MultipartEvent, boolean> {
    for (;;) {
      const before = this.rest;
      const line = this.takeLine(last, MAXIMUM_HEADERS, 'among the headers of a part');
      if (!line) return false;
      const found = this.boundaryIn(line);
      const text = line.toString('utf8').replace(/\r?\n$/, '');
      if (!found && text !== '') {
        this.lines.push(text);
        continue;
      }
      yield { kind: 'part', headers: parseHeaders(this.lines) };
      if (found) {
        // Without a blank line there is no body (RFC 2046 5.1.1, body-part).
        yield END;
        this.pass(found);
        return true;
      }
      this.state = 'body';
      this.rest = before;
      this.blank = line.length;
      return true;
    }
  }

  private *readBody(last: boolean): Generator<MultipartEvent, boolean> {
    for (let at = this.rest.indexOf(this.delimiter); at >= 0; at = this.rest.indexOf(this.delimiter, at + 1)) {
      const found = delimiterBehind(this.rest, at + this.delimiter.length, last);
      if (found === 'none') continue;
      if (found === 'unknown') {
        yield* this.give(at);
        return false;
      }
      const { rest } = this;
      yield* this.give(at);
      yield END;
      this.rest = rest.subarray(found.next);
      this.pass(found);
      return true;
    }
    // The end of what is there may be the beginning of a delimiter.
    yield* this.give(this.rest.length - (last ? 0 : this.delimiter.length - 1));
    return false;
  }

  /** Gives the bytes of the part before the place, where the rest begins from now on. */
  private *give(place: number): Generator<MultipartEvent, void> {
    if (place <= this.blank) return;
    const bytes = this.rest.subarray(this.blank, place);
    this.rest = this.rest.subarray(place);
    this.blank = 0;
    yield { kind: 'bytes', bytes };
  }

  private pass({ closing }: Delimiter): void {
    this.state = closing ? 'epilogue' : 'headers';
    this.seen = 0;
    this.lines = [];
    this.blank = 0;
  }

  /** The next line with its end; undefined until all of it is there. */
  private takeLine(last: boolean, limit: number, where: string): Buffer | undefined {
    const end = this.rest.indexOf(LINE_FEED);
    const length = end < 0 ? this.rest.length : end + 1;
    if (this.seen + length > limit) {
      throw new MalformedMultipart(`The multipart body has more than ${limit} bytes ${where}.`);
    }
    if (length === 0 || (end < 0 && !last)) return undefined;
    const line = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    this.seen += length;
    return line;
  }

  private boundaryIn(line: Buffer): Delimiter | undefined {
    const { length } = this.dashBoundary;
    if (!line.subarray(0, length).equals(this.dashBoundary)) return undefined;
    const found = delimiterBehind(line, length, true);
    return typeof found === 'string' ? undefined : found;
  }
}

/** What the bytes behind the text of a boundary make of it. */
function delimiterBehind(bytes: Buffer, at: number, last: boolean): Delimiter | 'none' | 'unknown' {
  const closing = bytes[at] === DASH && bytes[at + 1] === DASH;
  const end = endOfBlanks(bytes, closing ? at + 2 : at);
  const lineEnd = lengthOfLineEnd(bytes, end);
  if (lineEnd > 0) return { next: end + lineEnd, closing };
  const known = bytes.length - end;
  if (last) return known === 0 && closing ? { next: end, closing } : 'none';
  const halfway = known === 1 && (bytes[end] === RETURN || (end === at && bytes[end] === DASH));
  return known === 0 || halfway ? 'unknown' : 'none';
}

function endOfBlanks(bytes: Buffer, start: number): number {
  let end = start;
  while ((bytes[end] === SPACE || bytes[end] === TAB) && end - start < MAXIMUM_PADDING) end += 1;
  return end;
}

function lengthOfLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === LINE_FEED) return 1;
  return bytes[at] === RETURN && bytes[at + 1] === LINE_FEED ? 2 : 0;
}
