/** A large attachment on its way in and out: its bytes go through the service, and do not gather in it. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Benchmark, Row } from '../row.js';
import { MeasuredService } from './measured-service.js';

const MEGABYTE = 1024 * 1024;
const SMALL = 10 * MEGABYTE;
const LARGE = 100 * MEGABYTE;
const WARM_UPS = 3;
const EXTRA_MEMORY_MB = 100;
const BOUNDARY = 'lectern-bench-boundary';

async function run(): Promise<Row[]> {
  const service = await MeasuredService.start();
  try {
    for (let round = 0; round < WARM_UPS; round += 1) await receive(service, await send(service, SMALL));
    await service.grown();
    const id = await send(service, LARGE);
    const comingIn = await service.grown();
    const received = await receive(service, id);
    const goingOut = await service.grown();
    if (received < LARGE) throw new Error(`Only ${received} bytes came back.`);
    return [row('memory while an attachment of 100 MB comes in', comingIn), row('and while it goes out', goingOut)];
  } finally {
    await service.stop();
  }
}

const row = (what: string, ours: number): Row => ({
  what,
  ours,
  unit: 'MB',
  wanted: EXTRA_MEMORY_MB,
  bound: 'at most',
});

/** Stores a statement with an attachment of so many bytes. @returns its id */
async function send({ url, headers }: MeasuredService, bytes: number): Promise<string> {
  const id = randomUUID();
  const block = randomBytes(MEGABYTE);
  const hash = createHash('sha256');
  for (let left = bytes; left > 0; left -= MEGABYTE) hash.update(block);
  const sha2 = hash.digest('hex');
  const answer = await fetch(`${url}/xapi/statements`, {
    method: 'POST',
    headers: { ...headers, 'content-type': `multipart/mixed; boundary=${BOUNDARY}` },
    body: streamOf(messageOf(statementOf(id, bytes, sha2), sha2, block, bytes)),
    duplex: 'half',
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  return id;
}

/** Reads a statement with its attachment. @returns how many bytes came */
async function receive({ url, headers }: MeasuredService, id: string): Promise<number> {
  const address = `${url}/xapi/statements?statementId=${id}&attachments=true`;
  const answer = await fetch(address, { headers });
  let bytes = 0;
  for await (const piece of answer.body!) bytes += (piece as Uint8Array).length;
  return bytes;
}

/** Asked for its next piece only when the one before is on its way. */
const streamOf = (pieces: Generator<Buffer>): ReadableStream<Uint8Array> =>
  new ReadableStream({
    pull(controller) {
      const next = pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });

const statementOf = (id: string, length: number, sha2: string) => ({
  id,
  actor: { mbox: 'mailto:learner@example.com' },
  verb: { id: 'http://example.com/verbs/recorded' },
  object: { id: 'http://example.com/activities/film' },
  attachments: [
    {
      usageType: 'http://example.com/usage/film',
      display: { en: 'Film' },
      contentType: 'video/mp4',
      length,
      sha2,
    },
  ],
});

function* messageOf(statement: object, sha2: string, block: Buffer, bytes: number): Generator<Buffer> {
  const first = `--${BOUNDARY}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statement)}\r\n--${BOUNDARY}\r\n`;
  const headers = `Content-Type: video/mp4\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`;
  yield Buffer.from(first + headers);
  for (let left = bytes; left > 0; left -= MEGABYTE) yield block;
  yield Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
}

export default { name: 'attachments', run } satisfies Benchmark;
