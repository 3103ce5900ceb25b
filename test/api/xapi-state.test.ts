import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { xapi } from '../support/statements.js';
import type { XapiAnswer } from '../support/statements.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { clusterUrl } from '../support/test-database.js';

const VERSIONS = ['1.0.3', '2.0.0'] as const;
type Query = Readonly<Record<string, string>>;

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

/** A place of its own for each test. */
const newPlace = (more: Query = {}): Query => ({
  activityId: `http://example.com/activities/${randomUUID()}`,
  agent: JSON.stringify({ mbox: `mailto:${randomUUID()}@example.com` }),
  ...more,
});
const newAddress = (more: Query = {}): Query => newPlace({ stateId: 'bookmark', ...more });

interface Sent {
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly version?: string;
}

function state(method: string, query: Query, { body, type, headers = {}, version }: Sent = {}): Promise<XapiAnswer> {
  return xapi(app, method, '/activities/state', {
    query,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(version === undefined ? {} : { 'x-experience-api-version': version }),
      ...headers,
    },
  });
}

async function bytesOf(query: Query): Promise<Buffer> {
  const answer = await fetch(`${app.url}/xapi/activities/state?${new URLSearchParams(query).toString()}`, {
    headers: { authorization: `Bearer ${app.adminKey}`, 'x-experience-api-version': '1.0.3' },
  });
  return Buffer.from(await answer.arrayBuffer());
}

/** To the millisecond, which Last-Modified cannot tell. */
async function latestChange(): Promise<Date> {
  const database = new URL(app.database.ownerUrl).pathname.slice(1);
  return withClient(clusterUrl(database), async (client) => {
    const { rows } = await client.query<{ time: Date }>('SELECT max(updated) AS time FROM documents');
    return rows[0]!.time;
  });
}

const sha1 = (content: string | Buffer) => createHash('sha1').update(content).digest('hex');
const errorOf = ({ json }: XapiAnswer) => json['error'] as { code: string; message: string; path: string[] };

describe.each(VERSIONS)('a state document in xAPI %s', (version) => {
  it('comes back as it was sent, with its type, its ETag and when it was changed', async () => {
    const address = newAddress();
    const sent = await state('PUT', address, { body: '{ "page": 1.50 }', type: 'application/json', version });
    expect([sent.status, sent.text]).toEqual([204, '']);
    const found = await state('GET', address, { version });
    expect([found.status, found.text]).toEqual([200, '{ "page": 1.50 }']);
    expect(found.headers.get('content-type')).toBe('application/json');
    expect(found.headers.get('etag')).toBe(`"${sha1('{ "page": 1.50 }')}"`);
    expect(sent.headers.get('etag')).toBe(found.headers.get('etag'));
    expect(Math.abs(Date.parse(found.headers.get('last-modified')!) - Date.now())).toBeLessThan(60_000);
    expect(found.headers.get('x-experience-api-version')).toBe(version);
  });

  it('answers HEAD like GET, without the content', async () => {
    const address = newAddress();
    await state('PUT', address, { body: 'abc', type: 'text/plain;charset=utf-8', version });
    const [head, get] = [await state('HEAD', address, { version }), await state('GET', address, { version })];
    for (const header of ['content-type', 'content-length', 'etag', 'last-modified'])
      expect([header, head.headers.get(header)]).toEqual([header, get.headers.get(header)]);
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '3']);
    expect((await state('HEAD', newAddress(), { version })).status).toBe(404);
  });

  it('is 404 before it is stored and after it is deleted, and may be deleted twice', async () => {
    const address = newAddress();
    expect((await state('GET', address, { version })).status).toBe(404);
    await state('PUT', address, { body: {}, version });
    expect((await state('DELETE', address, { version })).status).toBe(204);
    expect((await state('GET', address, { version })).status).toBe(404);
    expect((await state('DELETE', address, { version })).status).toBe(204);
  });

  it('is found by the identifier of its agent, whatever else is known of the agent', async () => {
    const [activityId, name] = [`http://example.com/${randomUUID()}`, randomUUID()];
    const account = { homePage: 'https://lms.example.com', name };
    const [one, other] = [
      { account },
      { objectType: 'Agent', name: 'Somebody', account: { name, homePage: account.homePage } },
    ];
    await state('PUT', { activityId, agent: JSON.stringify(one), stateId: 's' }, { body: '1', version });
    expect((await state('GET', { activityId, agent: JSON.stringify(other), stateId: 's' }, { version })).text).toBe(
      '1',
    );
  });

  it.each([
    ['without activityId', 'activityId', undefined],
    ['without agent', 'agent', undefined],
    ['with an activityId without scheme', 'activityId', 'activities/one'],
    ['with an agent that is no JSON', 'agent', 'mailto:someone@example.com'],
    ['with an agent without identifier', 'agent', '{"name":"Nobody"}'],
    ['with an agent of two identifiers', 'agent', '{"mbox":"mailto:a@example.com","openid":"http://example.com/a"}'],
    ['with a Group', 'agent', '{"objectType":"Group","mbox":"mailto:a@example.com"}'],
    ['with a registration that is no UUID', 'registration', 'one'],
    ['with a parameter that is not known', 'course', 'one'],
    ['with a parameter in the wrong case', 'stateid', 'one'],
    ['with since and stateId', 'since', '2026-01-01T00:00:00Z'],
  ])('is refused %s, whatever the method', async (_, name, value) => {
    const { [name]: __, ...others } = newAddress();
    const query = value === undefined ? others : { ...others, [name]: value };
    for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE']) {
      const body = method === 'PUT' || method === 'POST' ? { body: {} } : {};
      const answer = await state(method, query, { ...body, version });
      expect([method, answer.status]).toEqual([method, 400]);
      if (method !== 'HEAD') expect(errorOf(answer).path).toEqual([name]);
    }
  });

  it('needs a stateId to be stored', async () => {
    for (const method of ['PUT', 'POST']) {
      const answer = await state(method, newPlace(), { body: {}, version });
      expect([answer.status, errorOf(answer).path]).toEqual([400, ['stateId']]);
    }
  });

  it('honours If-Match with PUT, POST and DELETE: 412 and no change unless the tag is the current one', async () => {
    const address = newAddress();
    await state('PUT', address, { body: '{"a":1}', version });
    const current = `"${sha1('{"a":1}')}"`;
    for (const ifMatch of ['"1234"', `W/${current}`, '"a", "b"', 'nonsense', '""']) {
      for (const method of ['PUT', 'POST', 'DELETE']) {
        const body = method === 'DELETE' ? {} : { body: { b: 2 } };
        const answer = await state(method, address, { ...body, headers: { 'if-match': ifMatch }, version });
        expect([ifMatch, method, answer.status, errorOf(answer).code]).toEqual([
          ifMatch,
          method,
          412,
          'PRECONDITION_FAILED',
        ]);
      }
    }
    expect((await state('GET', address, { version })).text).toBe('{"a":1}');
    const posted = await state('POST', address, {
      body: { b: 2 },
      headers: { 'if-match': `"x", ${current}` },
      version,
    });
    expect(posted.status).toBe(204);
    const put = await state('PUT', address, {
      body: '2',
      headers: { 'if-match': `"${sha1('{"a":1,"b":2}')}"` },
      version,
    });
    expect(put.status).toBe(204);
    expect((await state('DELETE', address, { headers: { 'if-match': '*' }, version })).status).toBe(204);
    expect((await state('PUT', address, { body: '3', headers: { 'if-match': '*' }, version })).status).toBe(412);
  });

  it('honours If-None-Match: a star keeps what is there, a tag keeps what has it', async () => {
    const address = newAddress();
    const put = async (body: string, ifNoneMatch: string) =>
      (await state('PUT', address, { body, headers: { 'if-none-match': ifNoneMatch }, version })).status;
    expect(await put('1', '*')).toBe(204);
    expect(await put('2', '*')).toBe(412);
    expect(await put('2', `W/"${sha1('1')}"`)).toBe(412);
    expect(await put('2', '"another"')).toBe(204);
    expect((await state('GET', address, { version })).text).toBe('2');
    const same = await state('GET', address, { headers: { 'if-none-match': `"${sha1('2')}"` }, version });
    expect([same.status, same.text]).toEqual([304, '']);
  });

  it('takes the SHA-1 as a tag without quotes, as older libraries send it', async () => {
    const address = newAddress();
    await state('PUT', address, { body: '1', version });
    expect((await state('PUT', address, { body: '2', headers: { 'if-match': sha1('1') }, version })).status).toBe(204);
  });
});

describe('PUT of state without If-Match and If-None-Match on a document that is there', () => {
  it('replaces it in 1.0.3', async () => {
    const address = newAddress();
    await state('PUT', address, { body: '1' });
    expect((await state('PUT', address, { body: 'two', type: 'text/plain' })).status).toBe(204);
    const found = await state('GET', address);
    expect([found.text, found.headers.get('content-type')]).toEqual(['two', 'text/plain']);
  });

  it('is a conflict in 2.0 that tells what to do', async () => {
    const address = newAddress();
    await state('PUT', address, { body: '1', version: '2.0.0' });
    const refused = await state('PUT', address, { body: '2', version: '2.0.0' });
    expect([refused.status, errorOf(refused).code]).toEqual([409, 'CONFLICT']);
    expect(errorOf(refused).message).toMatch(/Read it again.*If-Match/);
    expect((await state('GET', address)).text).toBe('1');
  });
});

describe('contents', () => {
  it.each([
    ['every byte', 'application/octet-stream', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['nothing', 'text/plain', Buffer.alloc(0)],
    ['line ends', 'text/plain', Buffer.from('\r\n\na\r\n\r\n')],
    ['a boundary', 'multipart/mixed; boundary="x"', Buffer.from('--x\r\n\r\n--x--\r\n')],
    ['UTF-16', 'text/plain; charset=utf-16le', Buffer.from('Grüße', 'utf16le')],
    ['something that looks like HTML', 'text/html', Buffer.from('<script>alert(1)</script>')],
    ['a type with odd spacing and case', 'Application/JSON ;Charset="UTF-8"', Buffer.from(' [1e400] ')],
  ])('keep %s', async (_, type, content) => {
    const address = newAddress();
    expect((await state('PUT', address, { body: content, type })).status).toBe(204);
    expect((await bytesOf(address)).equals(content)).toBe(true);
    const { headers } = await state('GET', address);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('etag')).toBe(`"${sha1(content)}"`);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('may be as large as a body, and no larger', async () => {
    const address = newAddress();
    const content = randomBytes(app.config.maxBodyBytes);
    expect((await state('PUT', address, { body: content, type: 'video/mp4' })).status).toBe(204);
    expect(sha1(await bytesOf(address))).toBe(sha1(content));
    expect((await state('HEAD', address)).headers.get('content-length')).toBe(String(content.length));
    const larger = Buffer.concat([content, Buffer.from('x')]);
    expect((await state('PUT', address, { body: larger, type: 'video/mp4' })).status).toBe(413);
  });

  it('of a million characters of two bytes are the same characters', async () => {
    const address = newAddress();
    const text = 'é'.repeat(1_000_000);
    await state('PUT', address, { body: text, type: 'text/plain' });
    expect((await state('GET', address)).text === text).toBe(true);
  });

  it('that say JSON and are not are refused', async () => {
    const address = newAddress();
    for (const body of ['{"a":', '', Buffer.from([0x22, 0xff, 0x22])]) {
      expect((await state('PUT', address, { body, type: 'application/json' })).status).toBe(400);
    }
    expect((await state('GET', address)).status).toBe(404);
  });

  it('that are compressed are refused: nobody could tell that they are', async () => {
    const compressed = { body: randomBytes(9), type: 'text/plain', headers: { 'content-encoding': 'gzip' } };
    expect((await state('PUT', newAddress(), compressed)).status).toBe(400);
  });

  it('have ids of any length and any character', async () => {
    const place = newPlace();
    const ids = ['', ' ', '../..', 'Ω 💥 "quoted" \\', 'nul \u0000', '__proto__', 'i'.repeat(10_000)];
    for (const stateId of ids) await state('PUT', { ...place, stateId }, { body: JSON.stringify(stateId) });
    for (const stateId of ids) expect((await state('GET', { ...place, stateId })).json).toBe(stateId);
    expect(new Set((await state('GET', place)).json as unknown as string[])).toEqual(new Set(ids));
  });
});

describe('POST', () => {
  it('merges top-level members and keeps the text of everything else', async () => {
    const address = newAddress();
    const put = '{"b" : {"deep":1, "deeper":[1]}, "a":1.0, "\\u00e9":1e400,"__proto__":{"x":1},"2":"\\u0000"}';
    await state('PUT', address, { body: put });
    const posted = await state('POST', address, {
      body: '{"a":2.50,"b":{"deep":2},"1":12345678901234567890,"__proto__":{"y":1}}',
    });
    expect([posted.status, posted.text]).toEqual([204, '']);
    const { text, headers } = await state('GET', address);
    expect(text).toBe(
      '{"b":{"deep":2},"a":2.50,"\\u00e9":1e400,"__proto__":{"y":1},"2":"\\u0000","1":12345678901234567890}',
    );
    expect(headers.get('etag')).toBe(`"${sha1(text)}"`);
  });

  it('stores the document when there is none', async () => {
    const address = newAddress();
    expect((await state('POST', address, { body: '{ "a": 1 }' })).status).toBe(204);
    expect((await state('GET', address)).text).toBe('{ "a": 1 }');
  });

  it.each([
    ['text', 'text/plain', '{"a":1}'],
    ['broken JSON', 'application/json', '{"a":1'],
    ['a list', 'application/json', '[1]'],
    ['null', 'application/json', 'null'],
    ['JSON in another charset', 'application/json; charset=iso-8859-1', '{"a":1}'],
    ['a type that is only like JSON', 'application/json5', '{"a":1}'],
    ['bytes that are no UTF-8', 'application/json', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('of %s is refused, and changes nothing', async (_, type, body) => {
    const [existing, fresh] = [newAddress(), newAddress()];
    await state('PUT', existing, { body: '{"a":0}' });
    for (const address of [existing, fresh]) expect((await state('POST', address, { body, type })).status).toBe(400);
    expect((await state('GET', existing)).text).toBe('{"a":0}');
    expect((await state('GET', fresh)).status).toBe(404);
  });

  it.each([
    ['text', 'text/plain', '{"a":1}'],
    ['a list of JSON', 'application/json', '[1]'],
  ])('on %s is refused, and changes nothing', async (_, type, body) => {
    const address = newAddress();
    await state('PUT', address, { body, type });
    expect((await state('POST', address, { body: { b: 1 } })).status).toBe(400);
    expect((await state('GET', address)).text).toBe(body);
  });
});

describe('a registration', () => {
  it('has documents of its own, whatever the case of its letters', async () => {
    const [address, registration] = [newAddress(), randomUUID()];
    await state('PUT', address, { body: '"none"' });
    await state('PUT', { ...address, registration: registration.toUpperCase() }, { body: '"one"' });
    expect((await state('GET', address)).json).toBe('none');
    expect((await state('GET', { ...address, registration })).json).toBe('one');
    expect((await state('GET', { ...address, registration: randomUUID() })).status).toBe(404);
    await state('DELETE', address);
    expect((await state('GET', { ...address, registration })).status).toBe(200);
  });

  it('limits lists and deletions; without it they are about all', async () => {
    const [place, registration] = [newPlace(), randomUUID()];
    await state('PUT', { ...place, stateId: 'a' }, { body: '1' });
    await state('PUT', { ...place, stateId: 'b', registration }, { body: '1' });
    await state('PUT', { ...place, stateId: 'a', registration }, { body: '1' });
    expect((await state('GET', { ...place, registration })).json).toEqual(['b', 'a']);
    expect((await state('GET', place)).json).toEqual(['a', 'b']);
    expect((await state('DELETE', { ...place, registration })).status).toBe(204);
    expect((await state('GET', place)).json).toEqual(['a']);
    expect((await state('DELETE', place)).status).toBe(204);
    expect((await state('GET', place)).json).toEqual([]);
  });
});

describe('a list of ids', () => {
  it('is limited to what was changed after since, to the millisecond', async () => {
    const place = newPlace();
    await state('PUT', { ...place, stateId: 'old' }, { body: '1' });
    const exactly = await latestChange();
    const idsSince = async (since: string) => (await state('GET', { ...place, since })).json;
    expect(await idsSince(exactly.toISOString())).toEqual([]);
    expect(await idsSince(new Date(exactly.getTime() - 1).toISOString())).toEqual(['old']);
    const inNewYork = new Date(exactly.getTime() - 1 - 5 * 3_600_000).toISOString().replace('Z', '-05:00');
    expect(await idsSince(inNewYork)).toEqual(['old']);
    await state('POST', { ...place, stateId: 'new' }, { body: { a: 1 } });
    expect(await idsSince(exactly.toISOString())).toEqual(['new']);
  });

  it('has an ETag, the time of the latest change, and nothing of other places', async () => {
    const place = newPlace();
    const empty = await state('GET', place);
    expect([empty.status, empty.text, empty.headers.get('last-modified')]).toEqual([200, '[]', null]);
    await state('PUT', { ...place, stateId: 'one' }, { body: '1' });
    await state('PUT', { ...place, activityId: 'http://example.com/other', stateId: 'two' }, { body: '1' });
    const found = await state('GET', place);
    expect(found.json).toEqual(['one']);
    expect(found.headers.get('etag')).toBe(`"${sha1(found.text)}"`);
    expect(found.headers.get('last-modified')).toBe(
      (await state('GET', { ...place, stateId: 'one' })).headers.get('last-modified'),
    );
    expect(found.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('refuses a since that is no timestamp', async () => {
    for (const since of ['yesterday', '2026-13-01T00:00:00Z', '2026-01-01T00:00:00-00:00'])
      expect((await state('GET', newPlace({ since }))).status).toBe(400);
  });
});
