/** Lines of newline-delimited JSON from a stream, each with the place where it ends: how an import goes on where it was. */
import type { Readable } from 'node:stream';

const NEWLINE = 0x0a;

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  /** Without the newline; undefined when it is longer than allowed. */
  readonly bytes: Buffer | undefined;
  /** How many bytes of the text lie before what follows this line. */
  readonly end: number;
}

/** A place between two lines. */
export interface Place {
  /** Lines before it. */
  readonly lines: number;
  /** Bytes of the text before it. */
  readonly offset: number;
}

/**
 * The lines after a place, those of one chunk of the stream at a time. A longer line than `maximumBytes` is told without its
 * bytes, which are never held at once.
 *
 * @param text the whole text from its beginning
 */
export async function* linesAfter(text: Readable, place: Place, maximumBytes: number): AsyncGenerator<Line[]> {
  const reader = new LineReader(place, maximumBytes);
  let skipped = 0;
  for await (const chunk of text as AsyncIterable<Buffer>) {
    const skip = Math.min(chunk.length, place.offset - skipped);
    skipped += skip;
    const lines = reader.read(chunk.subarray(skip));
    if (lines.length > 0) yield lines;
  }
  const last = reader.rest();
  if (last) yield [last];
}

class LineReader {
  private parts: Buffer[] = [];
  private length = 0;
  private number: number;
  private end: number;

  constructor(
    place: Place,
    private readonly maximumBytes: number,
  ) {
    this.number = place.lines;
    this.end = place.offset;
  }

  read(chunk: Buffer): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let newline = chunk.indexOf(NEWLINE); newline !== -1; newline = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, newline));
      lines.push(this.finish(1));
      start = newline + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, when no newline ends it. */
  rest(): Line | undefined {
    return this.length === 0 ? undefined : this.finish(0);
  }

  private keep(part: Buffer): void {
    this.length += part.length;
    if (this.length > this.maximumBytes) this.parts = [];
    else if (part.length > 0) this.parts.push(part);
  }

  private finish(newlineBytes: number): Line {
    this.number += 1;
    this.end += this.length + newlineBytes;
    const bytes = this.length > this.maximumBytes ? undefined : Buffer.concat(this.parts);
    this.parts = [];
    this.length = 0;
    return { number: this.number, bytes, end: this.end };
  }
}
