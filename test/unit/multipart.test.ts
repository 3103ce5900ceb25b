/** Reading multipart/mixed (RFC 2046 5.1): every byte of a part, wherever the chunks end. */
import fc from 'fast-check';
import { MalformedMultipart } from '../../modules/lrs/attachments/multipart/malformed-multipart.js';
import { agree, parseMediaType } from '../../modules/lrs/attachments/multipart/media-type.js';
import { boundaryOf, partsOf } from '../../modules/lrs/attachments/multipart/parts.js';

interface ReadPart {
  readonly headers: Record<string, string>;
  readonly body: string;
}

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let n = 0; at < bytes.length; n += 1) {
    const size = sizes.length === 0 ? bytes.length : sizes[n % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** Bodies as latin1: a character for each byte. */
async function read(message: string | Buffer, boundary = 'b', sizes: readonly number[] = []): Promise<ReadPart[]> {
  const bytes = Buffer.isBuffer(message) ? message : Buffer.from(message, 'latin1');
  const parts: ReadPart[] = [];
  for await (const { headers, body } of partsOf(chunksOf(bytes, sizes), boundary)) {
    const pieces: Buffer[] = [];
    for await (const piece of body) pieces.push(piece);
    parts.push({ headers: Object.fromEntries(headers), body: Buffer.concat(pieces).toString('latin1') });
  }
  return parts;
}

/** A message with CRLF for each line end. */
const lines = (...all: string[]): string => all.join('\r\n');
const bodiesOf = (parts: readonly ReadPart[]): string[] => parts.map(({ body }) => body);

describe('Boundaries', () => {
  it('end a part only as a line of their own', async () => {
    const body = 'x --b\r\n--bc\r\n--b-\r\n--b c\r\n-- b\r\n--';
    const message = lines('--b', '', body, '--b--', '');
    for (const size of [1, 2, 3, 7, 1_000]) expect(bodiesOf(await read(message, 'b', [size]))).toEqual([body]);
  });

  it('may be followed by blanks', async () => {
    expect(bodiesOf(await read(lines('--b \t', '', 'one', '--b  ', '', 'two', '--b-- \t', '')))).toEqual([
      'one',
      'two',
    ]);
  });

  it.each(["abcABC0123'()+_,-./:=?", '-------314159265358979323846', '--', 'a b', '=_?:/', 'b--'])(
    'may be %j',
    async (boundary) => {
      const message = lines(`--${boundary}`, 'A: 1', '', `--${boundary.slice(1)}`, `--${boundary}--`, '');
      expect(await read(message, boundary, [5])).toEqual([{ headers: { a: '1' }, body: `--${boundary.slice(1)}` }]);
    },
  );

  it('need not be followed by a line end when they are the last', async () => {
    expect(bodiesOf(await read(lines('--b', '', 'one', '--b--')))).toEqual(['one']);
  });

  it('leave out what comes before the first and after the last', async () => {
    const message = lines('before', '--bx', '', '--b', '', 'one', '--b--', 'after', '--b', '', 'no part', '--b--');
    for (const size of [1, 4, 1_000]) expect(bodiesOf(await read(message, 'b', [size]))).toEqual(['one']);
  });
});

describe('Bodies', () => {
  it('keep the line ends at their beginning and end', async () => {
    for (const body of ['\r\n', '\r\n\r\n', '\n', '\r', '\r\nx\r\n', '\n\nx\n', 'x\r', '--', '']) {
      const message = lines('--b', 'A: 1', '', body, '--b', 'A: 2', '', body, '--b--', '');
      for (const size of [1, 2, 3, 1_000]) expect(bodiesOf(await read(message, 'b', [size]))).toEqual([body, body]);
    }
  });

  it('may be missing with their line end, or with the blank line', async () => {
    const message = lines('--b', 'A: 1', '', '--b', 'A: 2', '--b', '--b', '', '', '--b--', '');
    for (const size of [1, 2, 3, 1_000]) {
      expect(await read(message, 'b', [size])).toEqual([
        { headers: { a: '1' }, body: '' },
        { headers: { a: '2' }, body: '' },
        { headers: {}, body: '' },
        { headers: {}, body: '' },
      ]);
    }
  });

  it('are passed over when nobody reads them', async () => {
    const message = Buffer.from(lines('--b', 'A: 1', '', 'x'.repeat(100), '--b', 'A: 2', '', 'y', '--b--'));
    const seen: (string | undefined)[] = [];
    for await (const { headers } of partsOf(chunksOf(message, [9]), 'b')) seen.push(headers.get('a'));
    expect(seen).toEqual(['1', '2']);
  });

  it('go on after what was read of them', async () => {
    const message = Buffer.from(lines('--b', '', 'x'.repeat(100), '--b', '', 'y', '--b--'));
    const seen: string[] = [];
    for await (const { body } of partsOf(chunksOf(message, [20]), 'b')) {
      for await (const piece of body) {
        seen.push(piece.toString().charAt(0));
        break;
      }
    }
    expect(seen).toEqual(['x', 'y']);
  });

  const message = fc.record({
    // Boundaries and bytes of few characters, so that bytes look like boundaries.
    boundary: fc.string({ unit: fc.constantFrom('a', '-'), minLength: 1, maxLength: 4 }),
    bodies: fc.array(
      fc.oneof(
        fc.string({ unit: fc.constantFrom('a', '-', '\r', '\n', '\r\n', '\r\n--', ' '), maxLength: 30 }),
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      ),
      { maxLength: 4 },
    ),
    sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
    lineEnd: fc.constantFrom('\r\n', '\n'),
  });

  it('come out as they went in, whatever the bytes and wherever the chunks end', async () => {
    await fc.assert(
      fc.asyncProperty(message, async ({ boundary, bodies, sizes, lineEnd }) => {
        // Who makes a message takes a boundary that none of its bodies has as a line of its own.
        const taken = new RegExp(`(^|\n)--${boundary}(--)?[ \t]*(\r?\n|$)`);
        fc.pre(!bodies.some((body) => taken.test(body) || taken.test(`${body}${lineEnd}`)));
        const parts = bodies.map((body) => `--${boundary}${lineEnd}N: 1${lineEnd}${lineEnd}${body}${lineEnd}`);
        const text = `${parts.join('')}--${boundary}--${lineEnd}`;
        expect(bodiesOf(await read(text, boundary, sizes))).toEqual(bodies);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Line ends', () => {
  it('may be LF alone throughout; then a CR belongs to the part', async () => {
    const text = '--b\nA: 1\n\nx\r\n--b\nA: 2\n\n\r\n\n--b--\n';
    for (const size of [1, 3, 1_000]) {
      expect(await read(text, 'b', [size])).toEqual([
        { headers: { a: '1' }, body: 'x\r' },
        { headers: { a: '2' }, body: '\r\n' },
      ]);
    }
  });

  it('are told by the first boundary: an LF before a boundary does not end a part of a message with CRLF', async () => {
    expect(bodiesOf(await read(lines('--b', '', 'x\n--b\ny', '--b--')))).toEqual(['x\n--b\ny']);
  });
});

describe('Headers', () => {
  it('are read in any case and order, with or without blanks, and folded ones as one', async () => {
    const message = lines(
      '--b',
      'X-HASH:1',
      'content-TYPE:   text/plain;',
      '\tcharset=utf-8  ',
      'Empty:',
      '',
      '',
      '--b--',
    );
    const [part] = await read(message);
    expect(part!.headers).toEqual({ 'x-hash': '1', 'content-type': 'text/plain; charset=utf-8', empty: '' });
  });

  it.each([
    ['no colon', lines('--b', 'nonsense', '', '', '--b--')],
    ['a name with blanks', lines('--b', 'two words: x', '', '', '--b--')],
    ['a header twice', lines('--b', 'A: 1', 'a: 2', '', '', '--b--')],
    ['too many', lines('--b', ...Array.from({ length: 2_000 }, (_, n) => `Name-${n}: value`), '', '', '--b--')],
    ['one without end', `--b\r\nA: ${'x'.repeat(20_000)}`],
  ])('are refused with %s', async (_, message) => {
    await expect(read(message, 'b', [1_000])).rejects.toThrow(MalformedMultipart);
  });
});

describe('A message', () => {
  it.each([
    ['nothing', ''],
    ['another boundary', lines('--c', '', 'x', '--c--', '')],
    ['no last boundary', lines('--b', '', 'x', '')],
    ['an end within the last boundary', lines('--b', '', 'x', '--b-')],
    ['an end within a part', lines('--b', '', 'x', '--b', '', 'y')],
    ['an end within headers', lines('--b', '', 'x', '--b', 'A: 1')],
    ['an end behind a boundary', lines('--b', '', 'x', '--b')],
    ['a preamble without end', 'x\r\n'.repeat(50_000)],
  ])('is refused with %s', async (_, message) => {
    for (const size of [1, 1_000]) await expect(read(message, 'b', [size])).rejects.toThrow(MalformedMultipart);
  });

  it('may have no part', async () => {
    expect(await read('--b--\r\n')).toEqual([]);
  });
});

describe('The boundary in a Content-Type', () => {
  it.each([
    ['multipart/mixed; boundary=abc', 'abc'],
    ['Multipart/Mixed;BOUNDARY="a b;c\\"d"', 'a b;c"d'],
    ['multipart/mixed; charset=utf-8; boundary=----=_Part:1/2?x ; more=1', '----=_Part:1/2?x'],
    ['multipart/mixed; boundary="abcABC0123\'()+_,-./:=?"', "abcABC0123'()+_,-./:=?"],
    ['multipart/mixed;; boundary=a;', 'a'],
  ])('is read from %s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary));

  it.each(['multipart/form-data; boundary=a', 'application/json', '', 'nonsense'])('is none in %j', (type) =>
    expect(boundaryOf(type)).toBeUndefined(),
  );

  it.each([
    'multipart/mixed',
    'multipart/mixed; boundary=',
    'multipart/mixed; boundary="a "',
    `multipart/mixed; boundary=${'a'.repeat(71)}`,
    'multipart/mixed; boundary=a\u00e9',
  ])('is refused in %j', (type) => expect(() => boundaryOf(type)).toThrow(MalformedMultipart));
});

describe('Media types', () => {
  it('agree when nothing in them differs', () => {
    expect(agree('text/plain; charset=ascii', 'Text/Plain')).toBe(true);
    expect(agree('text/plain; charset="UTF-8"', 'text/plain;Charset=utf-8; format=flowed')).toBe(true);
    expect(agree('text/plain', 'text/html')).toBe(false);
    expect(agree('text/plain; charset=ascii', 'text/plain; charset=utf-8')).toBe(false);
    expect(agree('text/plain', 'nonsense')).toBe(false);
  });

  it('are none when something cannot be read', () => {
    for (const text of ['', 'text', 'text/', '/plain', 'text/plain; charset="x', 'text/plain charset=x']) {
      expect(parseMediaType(text)).toBeUndefined();
    }
  });
});
