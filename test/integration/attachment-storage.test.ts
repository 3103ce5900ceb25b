/** Attachments in S3-compatible storage: bytes that are refused on their way in leave no object there. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import {
  attachmentOf,
  getMultipart,
  messageOf,
  partOf,
  sendMultipart,
  sha256,
  statementsPart,
} from '../support/multipart.js';
import { idOf, minimalStatement } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let folder: string;
let s3: S3rver;
let app: TestApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-s3-'));
  s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'blobs' }],
  });
  const { port } = await s3.run();
  process.env['AWS_ACCESS_KEY_ID'] = 'S3RVER';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'S3RVER';
  const endpoint = encodeURIComponent(`http://127.0.0.1:${port}`);
  app = await createTestApp({ STORAGE_URL: `s3://blobs?endpoint=${endpoint}&forcePathStyle=true` });
});
afterAll(async () => {
  await app.close();
  await s3.close();
  await rm(folder, { recursive: true });
});

async function objects(): Promise<string[]> {
  const found = await readdir(join(folder, 'blobs'), { recursive: true });
  return found.filter((name) => name.endsWith('_object'));
}

/** Below and above the size from which the client sends an object in parts. */
it.each([1_000, 7_000_000])('an attachment of %d bytes comes back; with a wrong hash it is not kept', async (size) => {
  const before = await objects();
  const [bytes, others] = [randomBytes(size), randomBytes(size)];
  const statement = minimalStatement({ id: randomUUID(), attachments: [attachmentOf(bytes)] });
  const wrong = messageOf([statementsPart(statement), { ...partOf(bytes), bytes: others }]);
  expect((await sendMultipart(app, wrong)).status).toBe(400);
  expect(await objects()).toEqual(before);
  const right = messageOf([statementsPart(statement), partOf(bytes)]);
  expect((await sendMultipart(app, right)).status).toBe(200);
  expect(await objects()).toHaveLength(before.length + 1);
  const { parts } = await getMultipart(app, { statementId: idOf(statement) });
  expect(parts.map((part) => sha256(part.bytes))).toEqual([sha256(bytes)]);
});

it('many small attachments are read ahead, and come in their order', async () => {
  const all = Array.from({ length: 30 }, (_, n) => randomBytes(10 + n));
  const statement = minimalStatement({ id: randomUUID(), attachments: all.map((bytes) => attachmentOf(bytes)) });
  const message = messageOf([statementsPart(statement), ...all.map((bytes) => partOf(bytes))]);
  expect((await sendMultipart(app, message)).status).toBe(200);
  const { parts } = await getMultipart(app, { statementId: idOf(statement) });
  expect(parts.map(({ bytes }) => sha256(bytes))).toEqual(all.map(sha256));
});
