/** Statements with attachments: requests of multipart/mixed, and answers taken apart. */
import { createHash, randomBytes } from 'node:crypto';
import type { Json } from './statements.js';
import { XAPI_VERSION } from './statements.js';
import type { TestApp } from './test-app.js';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What a statement says of an attachment. */
export const attachmentOf = (bytes: Buffer, more: Json = {}): Json => ({
  usageType: 'http://example.com/usage/evidence',
  display: { en: 'Evidence' },
  contentType: 'application/octet-stream',
  length: bytes.length,
  sha2: sha256(bytes),
  ...more,
});

/** Headers and bytes of one part. */
export interface SentPart {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** The part of an attachment; headers that are undefined are left out. */
export function partOf(bytes: Buffer, headers: Readonly<Record<string, string | undefined>> = {}): SentPart {
  const all = {
    'Content-Type': 'application/octet-stream',
    'Content-Transfer-Encoding': 'binary',
    'X-Experience-API-Hash': sha256(bytes),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { headers: Object.fromEntries(given), bytes };
}

/** The first part: JSON of what is not text yet. */
export const statementsPart = (body: unknown, headers = { 'Content-Type': 'application/json' }): SentPart => ({
  headers,
  bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

export const BOUNDARY = 'a-boundary';

export function messageOf(parts: readonly SentPart[], boundary = BOUNDARY): Buffer {
  const pieces = parts.flatMap(({ headers, bytes }) => [
    Buffer.from(`--${boundary}\r\n`),
    ...Object.entries(headers).map(([name, value]) => Buffer.from(`${name}: ${value}\r\n`)),
    Buffer.from('\r\n'),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

interface MultipartRequest {
  readonly method?: string;
  readonly query?: string;
  readonly version?: string;
  readonly contentType?: string;
  readonly key?: string;
}

export interface BytesAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Sends a body to /statements as multipart/mixed. */
export function sendMultipart(
  app: TestApp,
  body: Buffer | ReadableStream<Uint8Array>,
  {
    method = 'POST',
    query = '',
    version,
    contentType = `multipart/mixed; boundary=${BOUNDARY}`,
    key,
  }: MultipartRequest = {},
): Promise<BytesAnswer> {
  return request(app, `/statements${query}`, key, {
    method,
    headers: { 'content-type': contentType, ...(version === undefined ? {} : { 'x-experience-api-version': version }) },
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
    ...(Buffer.isBuffer(body) ? {} : { duplex: 'half' }),
  });
}

/** Statements with attachments=true; what the answer is made of. */
export async function getMultipart(
  app: TestApp,
  query: Readonly<Record<string, string>>,
  { key, version = XAPI_VERSION }: Pick<MultipartRequest, 'key' | 'version'> = {},
): Promise<BytesAnswer & { json: Json; parts: SentPart[] }> {
  const search = new URLSearchParams({ ...query, attachments: 'true' }).toString();
  const answer = await request(app, `/statements?${search}`, key, { headers: { 'x-experience-api-version': version } });
  const [, boundary] = /^multipart\/mixed; boundary=(\S+)$/.exec(answer.headers.get('content-type') ?? '') ?? [];
  if (answer.status !== 200 || boundary === undefined) throw new Error(`${answer.status}: ${answer.bytes.toString()}`);
  const [first, ...parts] = takeApart(answer.bytes, boundary);
  return { ...answer, json: JSON.parse(first!.bytes.toString()) as Json, parts };
}

/** The strictest reading: a part is everything between two boundaries. */
function takeApart(message: Buffer, boundary: string): SentPart[] {
  const text = message.toString('latin1');
  if (!text.startsWith(`--${boundary}\r\n`) || !text.endsWith(`\r\n--${boundary}--\r\n`)) throw new Error(text);
  const inner = text.slice(boundary.length + 4, -boundary.length - 8);
  return inner.split(`\r\n--${boundary}\r\n`).map((part) => {
    const blank = part.indexOf('\r\n\r\n');
    const headers = part
      .slice(0, blank)
      .split('\r\n')
      .map((line) => line.split(': ') as [string, string]);
    return { headers: Object.fromEntries(headers), bytes: Buffer.from(part.slice(blank + 4), 'latin1') };
  });
}

async function request(app: TestApp, path: string, key: string | undefined, init: object): Promise<BytesAnswer> {
  const { headers = {} } = init as { headers?: Record<string, string> };
  const answer = await fetch(`${app.url}/xapi${path}`, {
    ...init,
    headers: { 'x-experience-api-version': XAPI_VERSION, authorization: `Bearer ${key ?? app.adminKey}`, ...headers },
  });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

/** Bytes that a careless parser breaks: line ends at both ends, NULs, text like boundaries in mid-line. */
export const awkwardBytes = (): Buffer =>
  Buffer.concat([
    Buffer.from(`\r\n\r\n--${BOUNDARY}x\r\n--${BOUNDARY}-\r\nmid --${BOUNDARY}\r\n \u0000é\ufeff\r\n`),
    Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a, 0x80, 0xc3, 0x28]),
    randomBytes(300),
    Buffer.from(`\n\r\r\n--\r\n`),
  ]);
