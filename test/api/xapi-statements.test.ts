import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { idOf, list, minimalStatement, post, xapi, XAPI_VERSION } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ PUBLIC_URL: 'https://training.example.com/lectern/', MAX_STATEMENTS_BYTES: '200000' });
});
afterAll(() => app.close());

const get = (query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  xapi(app, 'GET', '/statements', { query, headers });
const errorOf = ({ json }: XapiAnswer) => json['error'] as { code: string; message: string; path: string[] };
const consistentThrough = ({ headers }: XapiAnswer) =>
  Date.parse(headers.get('x-experience-api-consistent-through') ?? '');

describe('xAPI 1.0.3 Comm 2.1.1, PUT statements', () => {
  it('stores a statement under its id and answers 204', async () => {
    const id = randomUUID();
    const answer = await xapi(app, 'PUT', '/statements', { query: { statementId: id }, body: minimalStatement() });
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await get({ statementId: id })).json).toMatchObject({ id, ...minimalStatement() });
  });

  it('takes the same again with 204, another with 409, and changes nothing', async () => {
    const id = randomUUID();
    const put = (more: Json) =>
      xapi(app, 'PUT', '/statements', { query: { statementId: id }, body: minimalStatement(more) });
    await put({ result: { response: 'first' } });
    const before = (await get({ statementId: id })).text;
    expect((await put({ id: id.toUpperCase(), result: { response: 'first' } })).status).toBe(204);
    const other = await put({ result: { response: 'second' } });
    expect([other.status, errorOf(other).code]).toEqual([409, 'CONFLICT']);
    expect((await get({ statementId: id })).text).toBe(before);
  });

  it.each<[string, Readonly<Record<string, string>>, unknown]>([
    ['without statementId', {}, minimalStatement()],
    ['with a statementId that is no UUID', { statementId: 'abc' }, minimalStatement()],
    ['with an id that differs from statementId', { statementId: randomUUID() }, minimalStatement({ id: randomUUID() })],
    ['with a list', { statementId: randomUUID() }, [minimalStatement()]],
    ['with an empty list', { statementId: randomUUID() }, []],
    ['with a parameter that is not known', { statementId: randomUUID(), more: '1' }, minimalStatement()],
  ])('refuses %s with 400', async (_, query, body) => {
    expect((await xapi(app, 'PUT', '/statements', { query, body })).status).toBe(400);
  });
});

describe('xAPI 1.0.3 Comm 2.1.2, POST statements', () => {
  it('answers the ids in the order of the statements', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID());
    expect(
      await post(
        app,
        ids.map((id) => minimalStatement({ id })),
      ),
    ).toEqual(ids);
    const [generated] = await post(app, minimalStatement());
    expect((await get({ statementId: generated! })).status).toBe(200);
    expect(await post(app, [])).toEqual([]);
  });

  it('stores a batch as a whole or not at all (Comm 3.2)', async () => {
    const [good, bad, known] = [randomUUID(), randomUUID(), randomUUID()];
    await post(app, minimalStatement({ id: known }));
    const invalid = await xapi(app, 'POST', '/statements', {
      body: [minimalStatement({ id: good }), minimalStatement({ id: bad, verb: {} })],
    });
    expect([invalid.status, errorOf(invalid).path]).toEqual([400, ['1', 'verb', 'id']]);
    const conflict = await xapi(app, 'POST', '/statements', {
      body: [minimalStatement({ id: good }), minimalStatement({ id: known, result: { success: true } })],
    });
    expect(conflict.status).toBe(409);
    expect((await get({ statementId: good })).status).toBe(404);
  });

  it('takes a batch again in which some statements are known', async () => {
    const [first, second] = [minimalStatement({ id: randomUUID() }), minimalStatement({ id: randomUUID() })];
    await post(app, first);
    expect(await post(app, [second, first])).toEqual([idOf(second), idOf(first)]);
    expect((await get({ statementId: idOf(second) })).status).toBe(200);
  });

  it('refuses a batch that has an id twice', async () => {
    const id = randomUUID();
    const answer = await xapi(app, 'POST', '/statements', {
      body: [minimalStatement({ id }), minimalStatement({ id: id.toUpperCase() })],
    });
    expect([answer.status, errorOf(answer).path]).toEqual([400, ['1', 'id']]);
  });

  it('takes no parameter', async () => {
    const answer = await xapi(app, 'POST', '/statements', {
      query: { statementId: randomUUID() },
      body: minimalStatement(),
    });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'UNKNOWN_PARAMETER']);
  });
});

describe('what is stored', () => {
  it('is returned to the character: digits, escapes, blanks, unknown extensions (Data 2.2)', async () => {
    const id = randomUUID();
    const text =
      `{ "id": "${id}", "actor":{"mbox":"mailto:a@b.c","name":"J\\u00fcrgen \\ud83d\\ude00 😀"},\n "verb":{"id":"urn:v"},` +
      `"object":{"id":"urn:a"},"result":{"score":{"raw":1e2,"max":100.0,"min":-0},"extensions":{"urn:x":` +
      `{"__proto__":{"polluted":true},"n":[123456789012345678901234567890,1.10,null],"nul":"\\u0000","half":"\\ud800"}}} }`;
    await post(app, text);
    expect((await get({ statementId: id })).text.startsWith(text.slice(0, -1))).toBe(true);
    const [listed] = ((await get({ limit: '1' })).json['statements'] as Json[]).map(({ result }) =>
      JSON.stringify(result),
    );
    expect(listed).toContain('__proto__');
    expect((await get({ statementId: id, format: 'ids' })).text).toContain('"__proto__":{"polluted":true}');
  });

  it('has an authority made from the key, a stored of the service, and a version (Data 2.4.8 to 2.4.10)', async () => {
    const before = Date.now();
    const liar = { stored: '2001-01-01T00:00:00.000Z', authority: { mbox: 'mailto:liar@example.com' } };
    const [id] = await post(app, minimalStatement(liar));
    const { json } = await get({ statementId: id! });
    expect(json).toMatchObject({
      authority: {
        objectType: 'Agent',
        account: { homePage: 'https://training.example.com/lectern', name: 'test-admin' },
      },
      version: '1.0.0',
      timestamp: json['stored'],
    });
    expect(Date.parse(json['stored'] as string)).toBeGreaterThanOrEqual(before - 1);
  });

  it('keeps the timestamp as it was sent (Data 2.4.7)', async () => {
    const timestamp = '2026-02-03T04:05:06.789123+05:30';
    const [id] = await post(app, minimalStatement({ timestamp }));
    expect((await get({ statementId: id! })).json['timestamp']).toBe(timestamp);
  });

  it('may have identifiers of any length', async () => {
    const long = `http://example.com/${'x'.repeat(3_000)}`;
    const actor = { account: { homePage: long, name: `${'y'.repeat(3_000)}\u0000` } };
    const [id] = await post(app, minimalStatement({ actor, verb: { id: long }, object: { id: long } }));
    expect((await list(app, { activity: long, verb: long })).map(idOf)).toEqual([id]);
    expect((await list(app, { agent: JSON.stringify(actor) })).map(idOf)).toEqual([id]);
  });
});

describe('xAPI 1.0.3 Data 2.3.2, voiding', () => {
  const voiding = (id: string) =>
    minimalStatement({ verb: { id: VOIDED }, object: { objectType: 'StatementRef', id } });

  it.each([
    ['after', (target: Json, voids: Json) => [[target], [voids]]],
    ['before', (target: Json, voids: Json) => [[voids], [target]]],
    ['together with', (target: Json, voids: Json) => [[target, voids]]],
  ])('%s its target: served by voidedStatementId only, the voiding by statementId', async (_, requests) => {
    const target = minimalStatement({ id: randomUUID(), verb: { id: `urn:verb:${randomUUID()}` } });
    const voids = { ...voiding(idOf(target)), id: randomUUID() };
    for (const request of requests(target, voids)) await post(app, request);
    expect((await get({ statementId: idOf(target) })).status).toBe(404);
    expect((await get({ voidedStatementId: idOf(target) })).json).toMatchObject(target);
    expect((await get({ statementId: idOf(voids) })).status).toBe(200);
    expect((await get({ voidedStatementId: idOf(voids) })).status).toBe(404);
    // Comm 2.1.4: the voiding statement still refers to what matches.
    expect((await list(app, { verb: (target['verb'] as Json)['id'] as string })).map(idOf)).toEqual([idOf(voids)]);
  });

  it('does not void a voiding statement', async () => {
    const [first] = await post(app, voiding(randomUUID()));
    await post(app, voiding(first!));
    expect((await get({ statementId: first! })).status).toBe(200);
    expect((await get({ voidedStatementId: first! })).status).toBe(404);
  });
});

describe('xAPI 1.0.3 Comm 2.1.3, one statement', () => {
  it('is 404 when it is not there, and 400 with other parameters or with both ids', async () => {
    const [id] = await post(app, minimalStatement());
    expect((await get({ statementId: randomUUID() })).status).toBe(404);
    expect((await get({ statementId: id!, voidedStatementId: id! })).status).toBe(400);
    expect((await get({ statementId: id!, limit: '1' })).status).toBe(400);
    expect((await get({ statementId: id!, format: 'exact', attachments: 'false' })).status).toBe(200);
  });

  it('tells when it was stored by Last-Modified', async () => {
    const [id] = await post(app, minimalStatement());
    const { headers, json } = await get({ statementId: id! });
    expect(headers.get('last-modified')).toBe(new Date(json['stored'] as string).toUTCString());
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('comes as multipart/mixed with attachments=true', async () => {
    const [id] = await post(app, minimalStatement());
    const { headers, text } = await get({ statementId: id!, attachments: 'true' });
    const boundary = /^multipart\/mixed; boundary=(.+)$/.exec(headers.get('content-type')!)![1]!;
    expect(text.startsWith(`--${boundary}\r\nContent-Type: application/json`)).toBe(true);
    expect(text.endsWith(`\r\n--${boundary}--\r\n`)).toBe(true);
    expect(JSON.parse(text.split('\r\n')[3]!)).toMatchObject({ id });
  });
});

describe('xAPI 1.0.3 Comm 1.1, HEAD', () => {
  it('is answered like GET, without the body', async () => {
    const [id] = await post(app, minimalStatement());
    for (const query of [{ statementId: id! }, { limit: '1' }, { statementId: randomUUID() }, { limit: 'x' }]) {
      const [head, got] = [await xapi(app, 'HEAD', '/statements', { query }), await get(query)];
      expect([head.status, head.text]).toEqual([got.status, '']);
      for (const name of ['content-type', 'content-length', 'last-modified', 'x-experience-api-version']) {
        expect([name, head.headers.get(name)]).toEqual([name, got.headers.get(name)]);
      }
      expect(consistentThrough(head)).not.toBeNaN();
    }
  });
});

describe('xAPI 1.0.3 Comm 3.2, parameters', () => {
  it.each([
    'limit=-1',
    'limit=1.5',
    'limit=ten',
    'limit=1&limit=2',
    'Limit=1',
    'statementID=x',
    'statementId=abc',
    'since=yesterday',
    'until=2026-02-30T00:00:00Z',
    'ascending=yes',
    'ascending=TRUE',
    'related_agents=1',
    'attachments=no',
    'format=short',
    'format=IDs',
    'registration=x',
    'verb=tried',
    'activity=one',
    'agent=someone',
    'agent={}',
    'agent={"name":"x"}',
    'agent={"objectType":"Group","member":[]}',
    'agent={"mbox":"mailto:a@b.c","openid":"http://a.b"}',
    'cursor=x',
    'cursor=99999999999999999999',
    'cursor=9223372036854775808',
    'unknown=1',
  ])('%s is refused with 400', async (query) => {
    const answer = await xapi(app, 'GET', '/statements', { query: encodeURI(query) });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: expect.stringMatching(/_PARAMETER$/), path: [query.split('=')[0]] });
  });
});

describe('xAPI 1.0.3 Comm 3.3, versions', () => {
  it.each(['1.0', '1.0.0', '1.0.3', '1.0.9'])('%s is taken', async (version) => {
    expect((await get({ limit: '1' }, { 'x-experience-api-version': version })).status).toBe(200);
  });

  it.each(['0.95', '1.1', '1.1.0', '2.1.0', '3.0.0', '1', '1.0.x', ''])('%s is refused with 400', async (version) => {
    const answer = await get({ limit: '1' }, { 'x-experience-api-version': version });
    expect([answer.status, errorOf(answer).code]).toEqual([400, 'UNSUPPORTED_VERSION']);
  });

  it('are told by /about to anybody, whatever the header (Comm 2.8)', async () => {
    for (const version of ['2.0.0', '']) {
      const answer = await xapi(app, 'GET', '/about', { key: null, headers: { 'x-experience-api-version': version } });
      expect([answer.status, answer.json]).toEqual([200, { version: ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '2.0.0'] }]);
    }
  });
});

describe('every answer', () => {
  const requests: [string, string, string, Parameters<typeof xapi>[3], number][] = [
    ['a list', 'GET', '/statements', {}, 200],
    ['a stored statement', 'POST', '/statements', { body: minimalStatement() }, 200],
    ['a put statement', 'PUT', '/statements', { query: { statementId: randomUUID() }, body: minimalStatement() }, 204],
    ['no key', 'GET', '/statements', { key: null }, 401],
    ['a wrong key', 'GET', '/statements', { key: 'test-admin:wrong' }, 401],
    ['no version', 'GET', '/statements', { headers: { 'x-experience-api-version': '' } }, 400],
    ['a bad parameter', 'GET', '/statements', { query: 'x=1' }, 400],
    ['malformed JSON', 'POST', '/statements', { body: '{"actor":' }, 400],
    ['an empty body', 'POST', '/statements', { body: '' }, 400],
    ['another content type', 'POST', '/statements', { body: '{}', headers: { 'content-type': 'text/plain' } }, 400],
    [
      'another charset',
      'POST',
      '/statements',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      400,
    ],
    ['invalid UTF-8', 'POST', '/statements', { body: new Uint8Array([0x22, 0xc3, 0x28, 0x22]) }, 400],
    ['a byte order mark', 'POST', '/statements', { body: `\ufeff${JSON.stringify(minimalStatement())}` }, 400],
    ['a number', 'POST', '/statements', { body: '5' }, 400],
    ['JSON that nests a million levels', 'POST', '/statements', { body: '['.repeat(90_000) + ']'.repeat(90_000) }, 400],
    ['a body that is too large', 'POST', '/statements', { body: ' '.repeat(200_001) }, 413],
    ['a missing statement', 'GET', '/statements', { query: { statementId: randomUUID() } }, 404],
  ];
  it.each(requests)(
    'to %s (%s %s) has its headers and, in error, its JSON',
    async (_, method, path, request, status) => {
      const answer = await xapi(app, method, path, request);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('x-experience-api-version')).toBe(XAPI_VERSION);
      expect(consistentThrough(answer)).toBeLessThanOrEqual(Date.now());
      expect(consistentThrough(answer)).toBeGreaterThan(Date.now() - 5_000);
      if (status < 400) return;
      expect(errorOf(answer)).toMatchObject({
        code: expect.stringMatching(/^[A-Z_0-9]+$/),
        message: expect.any(String),
        path: expect.any(Array),
      });
    },
  );

  it('to what does not exist below /xapi is 404 in the same shape', async () => {
    const answer = await xapi(app, 'GET', '/nothing');
    expect([answer.status, answer.headers.get('x-experience-api-version'), errorOf(answer).code]).toEqual([
      404,
      XAPI_VERSION,
      'NOT_FOUND',
    ]);
  });

  it('tells all that is wrong with a statement', async () => {
    const { json } = await xapi(app, 'POST', '/statements', { body: { actor: {}, verb: {}, object: {} } });
    expect((json['error'] as { problems: Json[] }).problems.map(({ path }) => path)).toEqual([
      ['actor'],
      ['verb', 'id'],
      ['object', 'id'],
    ]);
  });
});

describe('content on another origin', () => {
  it('may send statements: the preflight needs no key', async () => {
    const preflight = await fetch(`${app.url}/xapi/statements?statementId=${randomUUID()}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://lms.example.com',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type,x-experience-api-version',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-experience-api-version');
    const { headers } = await xapi(app, 'POST', '/statements', {
      body: minimalStatement(),
      headers: { origin: 'https://lms.example.com' },
    });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toContain('X-Experience-API-Consistent-Through');
  });

  it('may use HTTP Basic', async () => {
    const authorization = `Basic ${Buffer.from(app.adminKey).toString('base64')}`;
    expect((await xapi(app, 'GET', '/statements', { key: null, headers: { authorization } })).status).toBe(200);
  });
});

describe('more', () => {
  it('starts with the path under which the service is reached', async () => {
    await post(app, [minimalStatement(), minimalStatement()]);
    expect((await get({ limit: '1' })).json['more']).toMatch(/^\/lectern\/xapi\/statements\?limit=1&cursor=\d+$/);
  });
});
