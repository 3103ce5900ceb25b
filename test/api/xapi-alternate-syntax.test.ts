import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { minimalStatement, xapi } from '../support/statements.js';
import type { XapiAnswer } from '../support/statements.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ MAX_BODY_BYTES: '20000', MAX_STATEMENTS_BYTES: '20000' });
});
afterAll(() => app.close());

const basic = () => `Basic ${Buffer.from(app.adminKey).toString('base64')}`;

/** A POST as browsers of old could send it: nothing of xAPI in its headers. */
async function alternate(
  method: string,
  path: string,
  fields: Record<string, string> | string,
  headers: Record<string, string> = {},
): Promise<XapiAnswer> {
  const form =
    typeof fields === 'string'
      ? fields
      : new URLSearchParams({ 'X-Experience-API-Version': '1.0.3', Authorization: basic(), ...fields }).toString();
  return xapi(app, 'POST', path, {
    query: `method=${method}`,
    key: null,
    body: form,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-experience-api-version': '', ...headers },
  });
}
const NO_VERSION = { 'x-experience-api-version': '' };
const codeOf = ({ status, json }: XapiAnswer) => [status, (json['error'] as { code: string }).code];

describe('the alternate request syntax (1.0.3 Comm 1.3)', () => {
  it('stores and reads statements with credentials, version and parameters in the form', async () => {
    const statementId = randomUUID();
    const text = `{ "actor":{"mbox":"mailto:a@b.c","name":"Jürgen & Söhne = 100 % + 😀"}, "verb":{"id":"urn:v"},"object":{"id":"urn:a"},"result":{"score":{"raw":1.0e1}} }`;
    const put = await alternate('PUT', '/statements', {
      statementId,
      content: text,
      'Content-Type': 'application/json',
    });
    expect([put.status, put.text, put.headers.get('x-experience-api-version')]).toEqual([204, '', '1.0.3']);
    const got = await alternate('GET', '/statements', { statementId });
    expect([got.status, got.text.startsWith(text.slice(0, -1))]).toEqual([200, true]);
    expect(got.headers.get('x-experience-api-consistent-through')).not.toBeNull();
    const posted = await alternate('POST', '/statements', { content: JSON.stringify([minimalStatement()]) });
    expect([posted.status, JSON.parse(posted.text)]).toEqual([200, [expect.any(String)]]);
    expect((await alternate('GET', '/statements', { limit: '1' })).json).toHaveProperty('more');
  });

  it('reaches every resource: documents with their conditions, deleting, /about', async () => {
    const place = { activityId: 'urn:a', agent: '{"mbox":"mailto:a@b.c"}', stateId: 'suspend data+' };
    const state = '/activities/state';
    const first = await alternate('PUT', state, {
      ...place,
      content: 'page=3&done',
      'Content-Type': 'text/x-mine',
      'Content-Length': '1',
    });
    expect(first.status).toBe(204);
    const got = await alternate('GET', state, place);
    expect([got.text, got.headers.get('content-type')]).toEqual(['page=3&done', 'text/x-mine']);
    const etag = got.headers.get('etag')!;
    const none = await alternate('PUT', state, { ...place, content: 'x', 'If-None-Match': '*' });
    const wrong = await alternate('PUT', state, { ...place, content: 'x', 'If-Match': '"0"' });
    const right = await alternate('PUT', state, { ...place, content: '', 'If-Match': etag });
    expect([none.status, wrong.status, right.status]).toEqual([412, 412, 204]);
    expect((await alternate('DELETE', state, place)).status).toBe(204);
    expect((await alternate('GET', state, place)).status).toBe(404);
    expect((await alternate('GET', '/about', {})).json).toHaveProperty('version');
  });

  it('takes headers from the request where the form has none, and looks at no Content-Type of the form', async () => {
    const fields = new URLSearchParams({ content: JSON.stringify(minimalStatement()) }).toString();
    const answer = await alternate('POST', '/statements', fields, {
      'content-type': 'text/plain;charset=UTF-8',
      authorization: basic(),
      'x-experience-api-version': '1.0.1',
    });
    expect(answer.status).toBe(200);
  });

  it.each<[string, string, Record<string, string> | string, number, string]>([
    ['a method that xAPI has not', 'PATCH', {}, 400, 'BAD_PARAMETER'],
    ['a method in lower case', 'put', {}, 400, 'BAD_PARAMETER'],
    ['HEAD, which an answer to POST cannot be', 'HEAD', {}, 400, 'BAD_PARAMETER'],
    ['another parameter in the query', 'GET&limit=1', {}, 400, 'UNKNOWN_PARAMETER'],
    ['no content for PUT', 'PUT', { statementId: randomUUID() }, 400, 'REQUIRED'],
    ['a parameter that the resource does not know', 'GET', { Limit: '1' }, 400, 'UNKNOWN_PARAMETER'],
    ['a parameter twice', 'GET', 'limit=1&limit=2', 400, 'BAD_PARAMETER'],
    ['an encoding that is not UTF-8', 'GET', 'verb=%FF', 400, 'MALFORMED_FORM'],
    ['a version of 2.0', 'GET', { 'X-Experience-API-Version': '2.0.0' }, 400, 'UNSUPPORTED_SYNTAX'],
    ['a version before 1.0', 'GET', { 'X-Experience-API-Version': '0.8' }, 400, 'UNSUPPORTED_VERSION'],
    ['wrong credentials', 'GET', { Authorization: 'Basic eDp5' }, 401, 'UNAUTHENTICATED'],
    ['no credentials', 'GET', 'X-Experience-API-Version=1.0.3', 401, 'UNAUTHENTICATED'],
    ['content beyond the limit', 'POST', { content: 'x'.repeat(20_001) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['a form beyond any content', 'POST', { content: '%'.repeat(40_000) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['content that is no JSON', 'POST', { content: '{' }, 400, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_, method, fields, status, code) => {
    const answer = await alternate(method, '/statements', fields);
    expect([answer.status, (answer.json['error'] as { code: string }).code]).toEqual([status, code]);
    expect(answer.headers.get('x-experience-api-version')).toBe('1.0.3');
  });

  it('is for POST only, and not for 2.0: there method is a parameter that nobody knows', async () => {
    const put = await xapi(app, 'PUT', '/statements', { query: { method: 'POST' }, body: minimalStatement() });
    expect(codeOf(put)).toEqual([400, 'UNKNOWN_PARAMETER']);
    const fields = new URLSearchParams({ limit: '1', Authorization: basic() }).toString();
    const two = await alternate('GET', '/statements', fields, {
      authorization: basic(),
      'x-experience-api-version': '2.0.0',
    });
    expect(codeOf(two)).toEqual([400, 'UNKNOWN_PARAMETER']);
  });

  it('leaves the connection in order', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect((await alternate('GET', '/statements', { limit: '1' })).status).toBe(200);
      expect((await alternate('GET', '/statements', 'limit=1', NO_VERSION)).status).toBe(401);
    }
    expect(app.logs()).not.toContain('"level":"error"');
  });
});

describe('content on other origins (CORS)', () => {
  const origin = 'https://content.example.com';

  it.each(['GET', 'HEAD', 'PUT', 'POST', 'DELETE'])(
    'may use %s with every header of xAPI, without a key',
    async (method) => {
      const headers =
        'authorization,content-type,if-match,if-none-match,accept-language,x-experience-api-version,x-experience-api-hash';
      const answer = await fetch(`${app.url}/xapi/activities/state?stateId=x`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': headers },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('access-control-allow-methods')).toContain(method);
      expect(answer.headers.get('access-control-allow-headers')).toBe(headers);
    },
  );

  it('may read what xAPI tells in headers, of refusals too', async () => {
    for (const key of [app.adminKey, null]) {
      const { headers } = await xapi(app, 'GET', '/statements', { query: { limit: '1' }, headers: { origin }, key });
      const exposed = headers.get('access-control-expose-headers')!.toLowerCase().split(/, */);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(exposed).toEqual(
        expect.arrayContaining([
          'etag',
          'last-modified',
          'x-experience-api-version',
          'x-experience-api-consistent-through',
          'x-experience-api-hash',
        ]),
      );
    }
  });

  it('may use the alternate syntax', async () => {
    const { headers, status } = await alternate('GET', '/statements', { limit: '1' }, { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });
});
