/** Attachments of statements: multipart/mixed both ways (xAPI 1.0.3 Comm 1.5.2, 2.1; IEEE 9274.1.1 4.1.3). */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { blobsOf, expectBytes, statementWith, storeWith } from '../support/attachments.js';
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
import { idOf, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ MAX_ATTACHMENT_BYTES: '25000000', MAX_BODY_BYTES: '100000' });
});
afterAll(() => app.close());

const blobs = () => blobsOf(app);
const store = (statements: Json | readonly Json[], ...bytes: readonly Buffer[]) => storeWith(app, statements, ...bytes);

const activityOf = (statement: Json): string => (statement['object'] as Json)['id'] as string;

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
    expectBytes((await getMultipart(app, { statementId: idOf(theirs) }, { key })).parts, bytes);
    const withoutPart = statementWith([attachmentOf(bytes, { fileUrl: 'http://example.com/x' })]);
    await post(app, withoutPart, key);
    expect((await getMultipart(app, { statementId: idOf(withoutPart) }, { key })).parts).toEqual([]);
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
      message: expect.stringContaining('fileUrl') as string,
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
