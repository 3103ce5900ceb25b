import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, jest } from '@jest/globals';
import { ServiceProcess } from '../support/service-process.js';
import { sendSlowly } from '../support/slow-sender.js';
import { minimalStatement, post, XAPI_VERSION } from '../support/statements.js';
import { ADMIN_KEY, serviceAt } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';

const CLIENTS = 64;
const MEBIBYTE = 1_048_576;
/** MAX_STATEMENTS_BYTES as it is by default. */
const BODY = 32 * MEBIBYTE;
/** All that is sent comes to 2,048 MiB. */
const GROWTH = 640 * MEBIBYTE;

/** Milliseconds that large bodies wait for room: small ones, which need none, are answered before, on a busy machine too. */
const WAITING = 30_000;

jest.setTimeout(400_000);

const FILLING = Buffer.alloc(MEBIBYTE, 'x');

/** A statement of 32 MiB. */
function* statementInPieces(): Generator<Buffer> {
  const text = JSON.stringify(minimalStatement({ id: randomUUID(), result: { extensions: { 'urn:x:text': 'HERE' } } }));
  const [start, end] = text.split('HERE').map((part) => Buffer.from(part)) as [Buffer, Buffer];
  yield start;
  for (let left = BODY - start.length - end.length; left > 0; left -= MEBIBYTE) {
    yield left < MEBIBYTE ? FILLING.subarray(0, left) : FILLING;
  }
  yield end;
}

const BOUNDARY = 'the-boundary';

function* inMultipart(pieces: Iterable<Buffer>): Generator<Buffer> {
  yield Buffer.from(`--${BOUNDARY}\r\ncontent-type: application/json\r\n\r\n`);
  yield* pieces;
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}

it('64 slow clients that send 32 MiB each are all answered, and the process does not hold what they all have', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bodies-'));
  const database = await createTestDatabase();
  const service = await ServiceProcess.start(folder, { DATABASE_URL: database.ownerUrl });
  try {
    await post(serviceAt(service.url), minimalStatement());
    const before = await residentMemory(service.url);
    let over = false;
    const sent = Promise.all(Array.from({ length: CLIENTS }, (_, index) => send(service.url, index))).finally(
      () => (over = true),
    );
    let most = before;
    let slowest = 0;
    while (!over) {
      const began = performance.now();
      await post(serviceAt(service.url), minimalStatement());
      slowest = Math.max(slowest, performance.now() - began);
      most = Math.max(most, await residentMemory(service.url));
      await wait(250);
    }
    const answers = await sent;
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect(count(200) + count(503)).toBe(CLIENTS);
    expect(count(200)).toBeGreaterThanOrEqual(1);
    for (const { status, head } of answers) if (status === 503) expect(head).toMatch(/\r\nretry-after: \d+(\r\n|$)/);
    expect(most - before).toBeLessThan(GROWTH);
    expect(slowest).toBeLessThan(WAITING);
  } finally {
    await service.end('SIGTERM');
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
});

/** By turns with a length, in chunks without one, and as the first part of a multipart message. */
function send(url: string, index: number) {
  const kind = (['length', 'chunked', 'multipart'] as const)[index % 3]!;
  const type = kind === 'multipart' ? `multipart/mixed; boundary=${BOUNDARY}` : 'application/json';
  return sendSlowly(url, {
    line: 'POST /xapi/statements',
    headers: {
      authorization: `Bearer ${ADMIN_KEY}`,
      'x-experience-api-version': XAPI_VERSION,
      'content-type': type,
      ...(kind === 'length' ? { 'content-length': String(BODY) } : {}),
    },
    pieces: kind === 'multipart' ? inMultipart(statementInPieces()) : statementInPieces(),
    chunked: kind !== 'length',
    milliseconds: 100,
  });
}

async function residentMemory(url: string): Promise<number> {
  const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(await metrics.text())![1]);
}
