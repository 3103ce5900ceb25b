/** Attachments of statements: multipart/mixed both ways (xAPI 1.0.3 Comm 1.5.2, 2.1; IEEE 9274.1.1 4.1.3). */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AttachmentCleaning } from '../../modules/lrs/attachments/attachment-cleaning.js';
import { AttachmentBlobs } from '../../modules/lrs/attachments/attachment-blobs.js';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { withClient } from '../../src/platform/database/server.js';
import {
  attachmentOf,
  awkwardBytes,
  BOUNDARY,
  getMultipart,
  messageOf,
  partOf,
  sendMultipart,
  sha256,
  statementsPart,
} from '../support/multipart.js';
import type { BytesAnswer, SentPart } from '../support/multipart.js';
import { idOf, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ MAX_ATTACHMENT_BYTES: '25000000', MAX_BODY_BYTES: '100000' });
});
afterAll(() => app.close());

/** A statement of its own activity, with attachments. */
const statementWith = (attachments: readonly Json[], more: Json = {}): Json =>
  minimalStatement({ id: randomUUID(), object: { id: `urn:activity:${randomUUID()}` }, attachments, ...more });

const activityOf = (statement: Json): string => (statement['object'] as Json)['id'] as string;

/** Sends statements with these bytes; must be taken. */
async function store(statements: Json | readonly Json[], ...bytes: readonly Buffer[]): Promise<void> {
  const answer = await sendMultipart(app, messageOf([statementsPart(statements), ...bytes.map((one) => partOf(one))]));
  expect([answer.status, answer.bytes.toString()]).toEqual([200, expect.anything()]);
}

/** Compared by their hashes: comparing buffers element by element takes its time. */
const expectBytes = (parts: readonly SentPart[], ...expected: readonly Buffer[]): void =>
  expect(parts.map(({ bytes }) => sha256(bytes))).toEqual(expected.map(sha256));

/** Every file of the blob storage that is an attachment, or a draft of something. */
async function blobs(): Promise<string[]> {
  const folder = join(app.config.dataDirectory, 'blobs');
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
}

async function rows(sql: string, parameters: unknown[] = []): Promise<Json[]> {
  return withClient(app.database.ownerUrl, async (client) => {
    await client.query(`SET lectern.organization_id = '${DEFAULT_ORGANIZATION_ID}'`);
    return (await client.query<Json>(sql, parameters)).rows;
  });
}

const errorOf = ({ bytes }: BytesAnswer): Json => (JSON.parse(bytes.toString()) as { error: Json }).error;

describe('Attachments that are sent', () => {
  it.each(['1.0.3', '2.0.0'])('come back byte for byte, with their headers (%s)', async (version) => {
    const bytes = awkwardBytes();
    const text = Buffer.from('\ufeffé 漢字 𝒳', 'utf16le');
    const statement = statementWith([
      attachmentOf(bytes, { display: { en: 'Schönes 漢字.pdf' } }),
      attachmentOf(text, { contentType: 'text/plain; charset=utf-16le' }),
      attachmentOf(Buffer.alloc(0)),
    ]);
    const message = messageOf([
      statementsPart(statement),
      partOf(bytes),
      partOf(text, { 'Content-Type': 'text/plain; charset=utf-16le', 'Content-Length': String(text.length) }),
      partOf(Buffer.alloc(0)),
    ]);
    expect((await sendMultipart(app, message, { version })).status).toBe(200);
    const { json, parts } = await getMultipart(app, { statementId: idOf(statement) });
    expect(json).toMatchObject({ attachments: statement['attachments'] });
    expectBytes(parts, bytes, text, Buffer.alloc(0));
    expect(parts[1]!.headers).toEqual({
      'Content-Type': 'text/plain; charset=utf-16le',
      'Content-Transfer-Encoding': 'binary',
      'X-Experience-API-Hash': sha256(text),
      'Content-Length': String(text.length),
    });
  });

  it('are taken by PUT, in a quoted boundary with odd characters, headers in any case and folded', async () => {
    const bytes = awkwardBytes();
    const statement = statementWith([attachmentOf(bytes)]);
    const boundary = "abc'()+_,-./:=?";
    const message = messageOf(
      [
        statementsPart(statement, { 'content-TYPE': 'application/json;\r\n charset=utf-8' } as never),
        {
          headers: {
            'x-experience-api-hash': sha256(bytes).toUpperCase(),
            'CONTENT-TRANSFER-ENCODING': 'Binary',
          },
          bytes,
        },
      ],
      boundary,
    );
    const answer = await sendMultipart(
      app,
      Buffer.concat([Buffer.from('preamble\r\n'), message, Buffer.from('epilogue')]),
      {
        method: 'PUT',
        query: `?statementId=${idOf(statement)}`,
        contentType: `Multipart/Mixed; Boundary="${boundary}"`,
      },
    );
    expect(answer.status).toBe(204);
    expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, bytes);
  });

  it('may be of any SHA-2', async () => {
    const bytes = randomBytes(50);
    for (const algorithm of ['sha224', 'sha384', 'sha512']) {
      const sha2 = createHash(algorithm).update(bytes).digest('hex');
      const statement = statementWith([attachmentOf(bytes, { sha2 })]);
      const message = messageOf([statementsPart(statement), partOf(bytes, { 'X-Experience-API-Hash': sha2 })]);
      expect((await sendMultipart(app, message)).status).toBe(200);
      expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, bytes);
    }
  });

  it('of 20 MB arrive in pieces and leave in pieces', async () => {
    const bytes = randomBytes(20_000_000);
    const statement = statementWith([attachmentOf(bytes)]);
    const message = messageOf([statementsPart(statement), partOf(bytes)]);
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < message.length; at += 99_991) {
          controller.enqueue(new Uint8Array(message.subarray(at, at + 99_991)));
        }
        controller.close();
      },
    });
    expect((await sendMultipart(app, pieces)).status).toBe(200);
    const { parts } = await getMultipart(app, { statementId: idOf(statement) });
    expect(parts[0]!.bytes.equals(bytes)).toBe(true);
  });

  it('are sent once when several statements share them, and come back once', async () => {
    const [shared, own] = [randomBytes(40), randomBytes(41)];
    const one = statementWith([attachmentOf(shared)]);
    const other = { ...statementWith([attachmentOf(own), attachmentOf(shared)]), object: one['object'] };
    const before = await blobs();
    await store([one, other], shared, own);
    expect(await blobs()).toHaveLength(before.length + 2);
    const { parts } = await getMultipart(app, { activity: activityOf(one), ascending: 'true' });
    expectBytes(parts, shared, own);
    expectBytes((await getMultipart(app, { statementId: idOf(other) })).parts, own, shared);
  });

  it('are those of SubStatements, too', async () => {
    const bytes = randomBytes(30);
    const object = { objectType: 'SubStatement', ...minimalStatement({ attachments: [attachmentOf(bytes)] }) };
    const statement = minimalStatement({ id: randomUUID(), object });
    await store(statement, bytes);
    expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, bytes);
  });

  it('are kept once for an organization, and not for others', async () => {
    const bytes = randomBytes(60);
    await store(statementWith([attachmentOf(bytes)]), bytes);
    const before = await blobs();
    await store(statementWith([attachmentOf(bytes)]), bytes);
    expect(await blobs()).toEqual(before);
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
      `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`,
    );
    const key = data.createOrganization.credentials;
    const theirs = statementWith([attachmentOf(bytes)]);
    expect((await sendMultipart(app, messageOf([statementsPart(theirs), partOf(bytes)]), { key })).status).toBe(200);
    expect(await blobs()).toHaveLength(before.length + 1);
    expectBytes((await getMultipart(app, { statementId: idOf(theirs) }, key)).parts, bytes);
    const withoutPart = statementWith([attachmentOf(bytes, { fileUrl: 'http://example.com/x' })]);
    await post(app, withoutPart, key);
    expect((await getMultipart(app, { statementId: idOf(withoutPart) }, key)).parts).toEqual([]);
  });

  it('of many writers at once are all stored, and their bytes once', async () => {
    const [one, other] = [randomBytes(100_000), randomBytes(100_000)];
    const before = await blobs();
    const statements = Array.from({ length: 12 }, () => statementWith([attachmentOf(one), attachmentOf(other)]));
    await Promise.all(
      statements.map((statement, n) => store(statement, ...(n % 2 === 0 ? [one, other] : [other, one]))),
    );
    expect(await blobs()).toHaveLength(before.length + 2);
    for (const statement of statements) {
      expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, one, other);
    }
  });

  it('change nothing when their statement is there already', async () => {
    const [bytes, late] = [randomBytes(20), randomBytes(21)];
    const statement = statementWith([attachmentOf(bytes)]);
    await store(statement, bytes);
    const before = await blobs();
    await store(statement, bytes);
    await store({ ...statement, attachments: [attachmentOf(late)] }, late);
    expect(await blobs()).toEqual(before);
    expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, bytes);
  });
});

describe('Statements without bytes', () => {
  it.each(['1.0.3', '2.0.0'])('may be sent as multipart: none attached, or all by fileUrl (%s)', async (version) => {
    const plain = minimalStatement({ id: randomUUID() });
    const linked = statementWith([attachmentOf(randomBytes(9), { fileUrl: 'http://example.com/file' })]);
    for (const body of [plain, linked]) {
      expect((await sendMultipart(app, messageOf([statementsPart(body)]), { version })).status).toBe(200);
      expect((await getMultipart(app, { statementId: idOf(body) })).parts).toEqual([]);
    }
  });

  it('are taken as JSON when all attachments have a fileUrl, and refused when one has not', async () => {
    const linked = attachmentOf(randomBytes(9), { fileUrl: 'http://example.com/file' });
    await post(app, statementWith([linked]));
    const answer = await xapi(app, 'POST', '/statements', {
      body: [minimalStatement(), statementWith([linked, attachmentOf(randomBytes(9))])],
    });
    expect(answer.status).toBe(400);
    expect(answer.json['error']).toMatchObject({
      code: 'VALIDATION_FAILED',
      path: ['1', 'attachments', '1'],
      message: expect.stringContaining('fileUrl'),
    });
  });
});

describe('Answers', () => {
  it('are multipart with attachments=true, JSON without, for one statement and for lists', async () => {
    const bytes = awkwardBytes();
    const statement = statementWith([attachmentOf(bytes)]);
    await store(statement, bytes);
    for (const query of [{ statementId: idOf(statement) }, { activity: activityOf(statement) }]) {
      for (const more of [{}, { attachments: 'false' }]) {
        const answer = await xapi(app, 'GET', '/statements', {
          query: { ...query, ...more } as Record<string, string>,
        });
        expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      }
      for (const format of ['exact', 'ids', 'canonical']) {
        expectBytes((await getMultipart(app, { ...query, format })).parts, bytes);
      }
    }
  });

  it('to lists carry the attachments of each page, and `more` goes on with them', async () => {
    const object = { id: `urn:activity:${randomUUID()}` };
    const all = Array.from({ length: 5 }, (_, n) => randomBytes(10 + n));
    for (const bytes of all) await store({ ...statementWith([attachmentOf(bytes)]), object }, bytes);
    const seen: string[][] = [];
    let query: Record<string, string> = { activity: object.id, limit: '2', ascending: 'true' };
    for (;;) {
      const { json, parts } = await getMultipart(app, query);
      seen.push(parts.map(({ bytes }) => sha256(bytes)));
      const more = json['more'] as string;
      if (more === '') break;
      const next = new URLSearchParams(more.slice(more.indexOf('?') + 1));
      expect(next.get('attachments')).toBe('true');
      query = Object.fromEntries(next);
    }
    const hashes = all.map(sha256);
    expect(seen).toEqual([hashes.slice(0, 2), hashes.slice(2, 4), hashes.slice(4)]);
  });

  it('to HEAD are those to GET, without a body', async () => {
    const bytes = randomBytes(1_000);
    const statement = statementWith([attachmentOf(bytes)]);
    await store(statement, bytes);
    for (const attachments of ['true', 'false']) {
      const query = { statementId: idOf(statement), attachments };
      const [head, get] = [
        await xapi(app, 'HEAD', '/statements', { query }),
        await xapi(app, 'GET', '/statements', { query }),
      ];
      expect([head.status, head.text]).toEqual([200, '']);
      const comparable = ({ headers }: { headers: Headers }) =>
        Object.fromEntries(
          [...headers]
            .filter(
              ([name]) =>
                !/^(date|connection|keep-alive|x-request-id|x-experience-api-consistent-through|transfer-encoding)$/.test(
                  name,
                ),
            )
            .map(([name, value]) => [name, value.replace(/boundary=.*/, '')]),
        );
      expect(comparable(head)).toEqual(comparable(get));
    }
  });

  it('go on without the bytes that the storage has lost', async () => {
    const [lost, small, large, gone] = [11, 12, 400_000, 400_001].map((size) => randomBytes(size)) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const statement = statementWith([lost, small, gone, large].map((bytes) => attachmentOf(bytes)));
    for (const bytes of [lost, gone]) {
      const before = await blobs();
      await store(statementWith([attachmentOf(bytes)]), bytes);
      const [added] = (await blobs()).filter((path) => !before.includes(path));
      await rm(added!);
    }
    await store(statement, lost, small, gone, large);
    expectBytes((await getMultipart(app, { statementId: idOf(statement) })).parts, small, large);
    expect(app.logs()).toContain(sha256(lost));
  });
});

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
        app.app.get(AttachmentCleaning, { strict: false }).unlink(organizationId, [row!['position'] as string]),
      );
    await clean();
    expect(await blobs()).toHaveLength(before.length - 1);
    expectBytes((await getMultipart(app, { statementId: idOf(kept) })).parts, shared);
    await store(statementWith([attachmentOf(own)]), own);
    expect(await blobs()).toHaveLength(before.length);
  });
});

describe('A batch of which the good statements are stored', () => {
  it('stores their attachments, and passes over the parts of the others', async () => {
    const before = await blobs();
    const [good, bad] = [randomBytes(50), randomBytes(51)];
    const stored = statementWith([attachmentOf(good)]);
    const body = [
      statementWith([attachmentOf(bad)], { verb: {} }),
      statementWith([attachmentOf(randomBytes(52))]),
      stored,
    ];
    const message = messageOf([statementsPart(body), partOf(bad), partOf(good)]);
    const answer = await fetch(`${app.url}/xapi/statements`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${app.adminKey}`,
        'x-experience-api-version': '1.0.3',
        'content-type': `multipart/mixed; boundary=${BOUNDARY}`,
        'x-lectern-partial': 'true',
      },
      body: new Uint8Array(message),
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        stored: [idOf(stored)],
        refused: [expect.objectContaining({ index: 0 }), expect.objectContaining({ index: 1 })],
      },
    ]);
    expect(await blobs()).toHaveLength(before.length + 1);
    expectBytes((await getMultipart(app, { statementId: idOf(stored) })).parts, good);
  });
});
