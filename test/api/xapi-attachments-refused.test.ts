/** Attachments that are refused, and what is left of attachments: nothing (xAPI 1.0.3 Comm 1.5.2, 3.2). */
import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AttachmentCleaning } from '../../modules/lrs/attachments/attachment-cleaning.js';
import { AttachmentBlobs } from '../../modules/lrs/attachments/attachment-blobs.js';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { blobsOf, expectBytes, rowsOf, statementWith, storeWith } from '../support/attachments.js';
import {
  attachmentOf,
  BOUNDARY,
  getMultipart,
  messageOf,
  partOf,
  sendMultipart,
  sha256,
  statementsPart,
} from '../support/multipart.js';
import type { BytesAnswer } from '../support/multipart.js';
import { idOf, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({
    MAX_ATTACHMENT_BYTES: '25000000',
    MAX_BODY_BYTES: '100000',
    MAX_STATEMENTS_BYTES: '100000',
  });
});
afterAll(() => app.close());

const blobs = () => blobsOf(app);
const store = (statements: Json | readonly Json[], ...bytes: readonly Buffer[]) => storeWith(app, statements, ...bytes);
const rows = (sql: string, parameters?: unknown[]) => rowsOf(app, sql, parameters);

const errorOf = ({ bytes }: BytesAnswer): Json => (JSON.parse(bytes.toString()) as { error: Json }).error;

describe('A request that is refused', () => {
  const bytes = randomBytes(100);
  const other = randomBytes(101);
  const statement = statementWith([attachmentOf(bytes, { contentType: 'text/plain' })]);
  const first = statementsPart(statement);
  const text = { 'Content-Type': 'text/plain' };
  const whole = messageOf([first, partOf(bytes, text)]);
  const multipart = 'multipart/mixed';

  const refusals: readonly [name: string, code: string, body: Buffer, contentType?: string][] = [
    ['no boundary in the header', 'MALFORMED_MULTIPART', whole, multipart],
    ['another boundary in the header', 'MALFORMED_MULTIPART', whole, `${multipart}; boundary=other`],
    [
      'a type that is no multipart/mixed',
      'UNSUPPORTED_CONTENT_TYPE',
      whole,
      `multipart/form-data; boundary=${BOUNDARY}`,
    ],
    ['nothing in it', 'MALFORMED_MULTIPART', Buffer.alloc(0)],
    ['no part', 'MALFORMED_MULTIPART', messageOf([])],
    ['no end', 'MALFORMED_MULTIPART', whole.subarray(0, -10)],
    ['an end within the attachment', 'MALFORMED_MULTIPART', whole.subarray(0, -60)],
    [
      'no Content-Type of the statements',
      'UNSUPPORTED_CONTENT_TYPE',
      messageOf([{ ...first, headers: {} }, partOf(bytes, text)]),
    ],
    [
      'another type of the statements',
      'UNSUPPORTED_CONTENT_TYPE',
      messageOf([{ ...first, headers: text }, partOf(bytes, text)]),
    ],
    [
      'statements that are not JSON',
      'VALIDATION_FAILED',
      messageOf([statementsPart('{"actor":'), partOf(bytes, text)]),
    ],
    [
      'statements that are not UTF-8',
      'MALFORMED_UTF8',
      messageOf([{ ...first, bytes: Buffer.from('"\xe9"', 'latin1') }]),
    ],
    [
      'statements that are not valid',
      'VALIDATION_FAILED',
      messageOf([statementsPart({ ...statement, verb: {} }), partOf(bytes, text)]),
    ],
    ['statements in two parts', 'HASH_MISSING', messageOf([first, first, partOf(bytes, text)])],
    ['the statements at the end', 'UNSUPPORTED_CONTENT_TYPE', messageOf([partOf(bytes, text), first])],
    ['no part for an attachment', 'VALIDATION_FAILED', messageOf([first])],
    [
      'one part for two attachments',
      'VALIDATION_FAILED',
      messageOf([
        statementsPart({ ...statement, attachments: [attachmentOf(bytes), attachmentOf(other)] }),
        partOf(bytes),
      ]),
    ],
    ['a part that no statement knows', 'UNKNOWN_ATTACHMENT', messageOf([first, partOf(bytes, text), partOf(other)])],
    ['a part and no attachment', 'UNKNOWN_ATTACHMENT', messageOf([statementsPart(minimalStatement()), partOf(bytes)])],
    ['no hash', 'HASH_MISSING', messageOf([first, partOf(bytes, { ...text, 'X-Experience-API-Hash': undefined })])],
    ['a hash of other bytes', 'DIFFERENT_HASH', messageOf([first, { ...partOf(bytes, text), bytes: other }])],
    [
      'no transfer encoding',
      'NOT_BINARY',
      messageOf([first, partOf(bytes, { ...text, 'Content-Transfer-Encoding': undefined })]),
    ],
    [
      'another transfer encoding',
      'NOT_BINARY',
      messageOf([first, partOf(bytes, { ...text, 'Content-Transfer-Encoding': 'base64' })]),
    ],
    [
      'another type than the attachment',
      'DIFFERENT_TYPE',
      messageOf([first, partOf(bytes, { 'Content-Type': 'text/html' })]),
    ],
    [
      'another Content-Length than the attachment',
      'DIFFERENT_LENGTH',
      messageOf([first, partOf(bytes, { ...text, 'Content-Length': '99' })]),
    ],
    [
      'more bytes than its Content-Length',
      'DIFFERENT_LENGTH',
      messageOf([
        statementsPart({ ...statement, attachments: [attachmentOf(bytes, { length: 99 })] }),
        partOf(bytes, { 'Content-Length': '99' }),
      ]),
    ],
    ['a header that is none', 'MALFORMED_MULTIPART', messageOf([first, partOf(bytes, { ...text, 'not a name': 'x' })])],
    [
      'more than a thousand parts',
      'TOO_MANY_PARTS',
      messageOf([first, ...Array.from({ length: 1_001 }, () => partOf(bytes, text))]),
    ],
  ];

  it.each(refusals.map(([name, code, body, contentType]) => ({ name, code, body, contentType })))(
    'with $name gets 400, and nothing of it stays',
    async ({ code, body, contentType }) => {
      const before = await blobs();
      const answer = await sendMultipart(app, body, contentType === undefined ? {} : { contentType });
      expect([answer.status, errorOf(answer)['code']]).toEqual([400, code]);
      await expectNothingLeft(before);
    },
  );

  it('for more statements or attachments than the service takes gets 413, and nothing of it stays', async () => {
    const before = await blobs();
    const large = randomBytes(13_000_000);
    const another = randomBytes(13_000_000);
    const long = { ...statement, result: { response: 'x'.repeat(100_000) } };
    const messages = [
      messageOf([statementsPart(long), partOf(bytes, text)]),
      messageOf([
        statementsPart(statementWith([attachmentOf(large), attachmentOf(another)])),
        partOf(large),
        partOf(another),
      ]),
    ];
    for (const message of messages) {
      const answer = await sendMultipart(app, message);
      expect([answer.status, errorOf(answer)['code']]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    await expectNothingLeft(before);
  });

  it('for an id that has another statement gets 409, and nothing of it stays', async () => {
    const stored = minimalStatement({ id: randomUUID() });
    await post(app, stored);
    const before = await blobs();
    const another = { ...statement, id: stored['id'], result: { success: false } };
    const fine = statementWith([attachmentOf(other)]);
    const answer = await sendMultipart(
      app,
      messageOf([statementsPart([fine, another]), partOf(bytes, text), partOf(other)]),
    );
    expect(answer.status).toBe(409);
    await expectNothingLeft(before);
    expect((await xapi(app, 'GET', '/statements', { query: { statementId: idOf(fine) } })).status).toBe(404);
  });

  it('for want of a scope is refused before its attachments are taken in', async () => {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "reader", scopes: [STATEMENTS_READ] }) { ... on CreateApiKeySuccess { credentials } } }`,
    );
    const before = await blobs();
    expect((await sendMultipart(app, whole, { key: data.createApiKey.credentials })).status).toBe(403);
    await expectNothingLeft(before);
  });

  it('because its client goes away leaves nothing', async () => {
    const before = await blobs();
    const large = randomBytes(3_000_000);
    const message = messageOf([statementsPart(statementWith([attachmentOf(large)])), partOf(large)]);
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /xapi/statements HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${app.adminKey}\r\nX-Experience-API-Version: 1.0.3\r\n` +
        `Content-Type: multipart/mixed; boundary=${BOUNDARY}\r\nContent-Length: ${message.length}\r\n\r\n`,
    );
    await new Promise((sent) => socket.write(message.subarray(0, 2_000_000), sent));
    await until(async () => (await rows('SELECT FROM attachment_uploads')).length === 1);
    socket.destroy();
    await until(async () => (await rows('SELECT FROM attachment_uploads')).length === 0);
    expect(await blobs()).toEqual(before);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries === 200) throw new Error('It is not so.');
    await wait(50);
  }
}

async function expectNothingLeft(before: readonly string[]): Promise<void> {
  expect(await blobs()).toEqual(before);
  expect(await rows('SELECT FROM attachment_uploads')).toEqual([]);
}

describe('What is left of attachments', () => {
  const organizationId = DEFAULT_ORGANIZATION_ID;
  const clean = () => app.app.get(AttachmentCleaning, { strict: false }).clean(organizationId);
  const sixHoursPass = () =>
    rows(`WITH old AS (UPDATE attachments SET used_at = now() - interval '7 hours')
          UPDATE attachment_uploads SET started_at = now() - interval '7 hours'`);

  it('by a process that was killed is removed hours later, by a job that was asked for when it began', async () => {
    const before = await blobs();
    const storage = app.app.get(AttachmentBlobs, { strict: false });
    const uploads = await storage.begin(organizationId, [sha256(Buffer.from('killed'))]);
    const [blobId] = [...uploads.values()];
    await storage.put(
      organizationId,
      blobId!,
      (async function* () {
        yield Buffer.from('killed');
      })(),
    );
    await clean();
    expect(await blobs()).toHaveLength(before.length + 1);
    const [job] = await rows(
      `SELECT run_at > now() + interval '5 hours' AS later FROM graphile_worker.jobs WHERE key = $1`,
      [`attachments.clean:${organizationId}`],
    );
    expect(job).toEqual({ later: true });
    await sixHoursPass();
    await clean();
    expect(await blobs()).toEqual(before);
    expect(await rows('SELECT FROM attachment_uploads')).toEqual([]);
  });

  it('is refused when it comes in after it was removed', async () => {
    const before = await blobs();
    const bytes = randomBytes(2_000_000);
    const message = messageOf([statementsPart(statementWith([attachmentOf(bytes)])), partOf(bytes)]);
    const slow = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new Uint8Array(message.subarray(0, 1_000_000)));
        await until(async () => (await rows('SELECT FROM attachment_uploads')).length === 1);
        await sixHoursPass();
        await clean();
        controller.enqueue(new Uint8Array(message.subarray(1_000_000)));
        controller.close();
      },
    });
    expect((await sendMultipart(app, slow)).status).toBe(500);
    expect(await blobs()).toHaveLength(before.length);
  });

  it('when their statements are no more is removed, and what other statements have stays', async () => {
    const [shared, own] = [randomBytes(30), randomBytes(31)];
    const [kept, removed] = [
      statementWith([attachmentOf(shared)]),
      statementWith([attachmentOf(shared), attachmentOf(own)]),
    ];
    await store([kept, removed], shared, own);
    await sixHoursPass();
    await clean();
    const before = await blobs();
    const [row] = await rows('SELECT position FROM statement_attachments WHERE sha2 = $1', [sha256(own)]);
    await app.app
      .get(UnitOfWork)
      .run(organizationId, () =>
        app.app.get(AttachmentCleaning, { strict: false }).forget(organizationId, [row!['position'] as string]),
      );
    await clean();
    expect(await blobs()).toHaveLength(before.length - 1);
    expectBytes((await getMultipart(app, { statementId: idOf(kept) })).parts, shared);
    await store(statementWith([attachmentOf(own)]), own);
    expect(await blobs()).toHaveLength(before.length);
  });
});
