import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesAfter } from '../../modules/transfers/imports/ndjson-lines.js';
import type { Line, Place } from '../../modules/transfers/imports/ndjson-lines.js';

const START: Place = { lines: 0, offset: 0 };

async function linesOf(chunks: readonly Buffer[], place = START, maximum = 1_000): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const some of linesAfter(Readable.from(chunks, { objectMode: false }), place, maximum))
    lines.push(...some);
  return lines;
}

const textOf = ({ bytes }: Line) => bytes?.toString('utf8');

/** A text cut into chunks anywhere, also within characters. */
const chunked = fc
  .tuple(fc.array(fc.constantFrom('a', 'é', '\u{1f600}', '\n', '\n', '{"b":1}')), fc.array(fc.nat(12)))
  .map(([parts, cuts]) => {
    const text = parts.join('');
    const bytes = Buffer.from(text);
    const chunks: Buffer[] = [];
    let at = 0;
    for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)));
    return { text, chunks: [...chunks, bytes.subarray(at)].filter(({ length }) => length > 0) };
  });

/** As a text editor would show them: what follows the last newline is a line only when there is something. */
function plainLines(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

describe('lines of newline-delimited JSON', () => {
  it('are the same however the stream is cut', async () => {
    await fc.assert(
      fc.asyncProperty(chunked, async ({ text, chunks }) => {
        const lines = await linesOf(chunks);
        expect(lines.map(textOf)).toEqual(plainLines(text));
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
      }),
    );
  });

  it('go on behind any line as if nothing had been read before', async () => {
    await fc.assert(
      fc.asyncProperty(chunked, fc.nat(10), async ({ chunks }, stop) => {
        const all = await linesOf(chunks);
        const last = all[stop % Math.max(1, all.length)];
        const place = last ? { lines: last.number, offset: last.end } : START;
        const rest = await linesOf(chunks, place);
        expect(rest.map((line) => ({ ...line, bytes: textOf(line) }))).toEqual(
          all.slice(place.lines).map((line) => ({ ...line, bytes: textOf(line) })),
        );
      }),
    );
  });

  it('that are too long are told without their bytes, and the next ones are read', async () => {
    const chunks = ['short\n', 'x'.repeat(6), 'x'.repeat(6), '\nnext\n', 'y'.repeat(11)].map((text) =>
      Buffer.from(text),
    );
    expect((await linesOf(chunks, START, 10)).map(textOf)).toEqual(['short', undefined, 'next', undefined]);
  });
});
