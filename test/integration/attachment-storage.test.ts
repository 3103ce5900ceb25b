/** Attachments in S3-compatible storage: bytes that are refused on their way in leave no object there. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  attachmentOf,
  getMultipart,
  messageOf,
  partOf,
  sendMultipart,
  sha256,
  statementsPart,
} from '../support/multipart.js';
import { S3Server } from '../support/s3-server.js';
import { idOf, minimalStatement } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let s3: S3Server;
let app: TestApp;

beforeAll(async () => {
  s3 = await S3Server.start();
  app = await createTestApp({ STORAGE_URL: s3.storageUrl() });
});
afterAll(async () => {
  await app.close();
  await s3.stop();
});

/** Below and above the size from which the client sends an object in parts. */
it.each([1_000, 7_000_000])('an attachment of %d bytes comes back; with a wrong hash it is not kept', async (size) => {
  const before = await s3.objects();
  const [bytes, others] = [randomBytes(size), randomBytes(size)];
  const statement = minimalStatement({ id: randomUUID(), attachments: [attachmentOf(bytes)] });
  const wrong = messageOf([statementsPart(statement), { ...partOf(bytes), bytes: others }]);
  expect((await sendMultipart(app, wrong)).status).toBe(400);
  expect(await s3.objects()).toEqual(before);
  const right = messageOf([statementsPart(statement), partOf(bytes)]);
  expect((await sendMultipart(app, right)).status).toBe(200);
  expect(await s3.objects()).toHaveLength(before.length + 1);
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
