import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { minimalStatement, xapi } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const VERSIONS = ['1.0.3', '2.0.0'];
const AGENT = '{"mbox":"mailto:a@b.c"}';
const RESOURCES: readonly (readonly [path: string, query: Record<string, string>])[] = [
  ['/statements', { limit: '1' }],
  ['/activities', { activityId: 'urn:a' }],
  ['/activities/profile', { activityId: 'urn:a' }],
  ['/activities/state', { activityId: 'urn:a', agent: AGENT }],
  ['/agents', { agent: AGENT }],
  ['/agents/profile', { agent: AGENT }],
];
const send = (method: string, path: string, options: Parameters<typeof xapi>[3] = {}, version = '1.0.3') =>
  xapi(app, method, path, { ...options, headers: { 'x-experience-api-version': version, ...options.headers } });
const post = (body: unknown, headers: Record<string, string> = {}, version?: string) =>
  send('POST', '/statements', { body, headers }, version);
const errorOf = ({ json }: XapiAnswer) => json['error'] as { code: string; path: string[]; requestId: string };

/** The query with a parameter more, one in another case, and with all of them twice. */
function wrongOf(query: Record<string, string>): string[] {
  const right = new URLSearchParams(query).toString();
  const [name = ''] = Object.keys(query);
  return [`${right}&nothing=1`, right.replace(name, name.toUpperCase()), `${right}&${right}`, `${right}&__proto__=1`];
}

/** A statement's text with an extension of its result. */
const withExtension = (id: string, value: string) =>
  JSON.stringify(minimalStatement({ id })).replace(/}$/, `,"result":{"extensions":{"urn:x":${value}}}}`);

describe.each(VERSIONS)('what is sent comes back exactly, in %s', (version) => {
  it.each([
    ['a NUL and halves of surrogate pairs', '"\\u0000 \\ud800 \\udfff"'],
    [
      'names that JavaScript gives a meaning',
      '{"__proto__":{"admin":true},"constructor":{"prototype":1},"toString":null}',
    ],
    ['numbers beyond doubles, with their digits', '[1e999,-1E-999,123456789012345678901234567890.10,0.10,-0]'],
    ['keys that are there twice', '{"a":1,"a":2,"":3}'],
    ['200 levels of lists', `${'['.repeat(200)}${']'.repeat(200)}`],
    ['blanks and escapes', '{ "a" :\t"\\/\\u00e9é😀" , "b":[ ] }'],
  ])('%s', async (_, value) => {
    const id = randomUUID();
    const text = withExtension(id, value);
    expect((await post(text, {}, version)).status).toBe(200);
    const single = await send('GET', '/statements', { query: { statementId: id } }, version);
    expect(single.text.startsWith(text.slice(0, -1))).toBe(true);
    const since = new Date(Date.parse(single.json['stored'] as string) - 1).toISOString();
    expect((await send('GET', '/statements', { query: { since, ascending: 'true' } }, version)).text).toContain(value);
    expect((await post(text, {}, version)).status).toBe(200);
  });
});

describe('refused bodies', () => {
  it.each<[string, string, string[]]>([
    ['a key twice', '{"id":"ID","id":"ID","actor":A,"verb":V,"object":O}', ['id']],
    [
      'a key twice, further down',
      '{"id":"ID","actor":{"mbox":"mailto:a@b.c","mbox":"mailto:a@b.c"},"verb":V,"object":O}',
      ['actor', 'mbox'],
    ],
    ['__proto__ as a property', '{"id":"ID","actor":A,"verb":V,"object":O,"__proto__":{}}', ['__proto__']],
    [
      'constructor as a property',
      '{"id":"ID","actor":A,"verb":{"id":"urn:v","constructor":1},"object":O}',
      ['verb', 'constructor'],
    ],
    ['a NUL in an IRI', '{"id":"ID","actor":A,"verb":{"id":"urn:\\u0000"},"object":O}', ['verb', 'id']],
    ['nothing in the place of a statement', '[null]', ['0']],
    [
      'a length beyond numbers',
      '{"id":"ID","actor":A,"verb":V,"object":O,"attachments":[{"usageType":"urn:u","display":{},"contentType":"a/b","length":1e999,"sha2":"S","fileUrl":"urn:f"}]}',
      ['attachments', '0', 'length'],
    ],
    [
      '1,000 levels',
      `{"id":"ID","actor":A,"verb":V,"object":O,"result":{"extensions":{"urn:x":${'['.repeat(1_000)}${']'.repeat(1_000)}}}}`,
      ['result', 'extensions', 'urn:x'],
    ],
  ])('%s: 400, the path is told, nothing is stored', async (_, template, path) => {
    const id = randomUUID();
    const text = template
      .replaceAll('"ID"', `"${id}"`)
      .replaceAll(':A', ':{"mbox":"mailto:a@b.c"}')
      .replaceAll(':V', ':{"id":"urn:v"}')
      .replaceAll(':O', ':{"id":"urn:o"}')
      .replaceAll('"S"', `"${'a'.repeat(64)}"`);
    for (const version of VERSIONS) {
      const answer = await post(text, {}, version);
      expect([answer.status, errorOf(answer).path, typeof errorOf(answer).requestId]).toEqual([400, path, 'string']);
    }
    expect((await send('GET', '/statements', { query: { statementId: id } })).status).toBe(404);
  });

  it.each([
    ['another charset', { 'content-type': 'application/json; charset=iso-8859-1' }, JSON.stringify(minimalStatement())],
    [
      'another charset, UTF-16',
      { 'content-type': 'application/json; charset=utf-16' },
      Buffer.from(JSON.stringify(minimalStatement()), 'utf16le'),
    ],
    ['bytes that are no UTF-8', {}, Buffer.from('{"actor":{"mbox":"mailto:\xff@b.c"}}', 'latin1')],
    ['half of a character', {}, Buffer.from('"é"').subarray(0, 2)],
    ['UTF-16 that says nothing', {}, Buffer.from(JSON.stringify(minimalStatement()), 'utf16le')],
    ['another type', { 'content-type': 'text/plain' }, JSON.stringify(minimalStatement())],
    ['no body', {}, ''],
  ])('%s: 400', async (_, headers, body) => {
    expect((await post(body, headers as Record<string, string>)).status).toBe(400);
  });

  it('UTF-8 may be told in every way', async () => {
    for (const charset of ['', '; charset=utf-8', ';charset=UTF-8', '; charset="utf-8"']) {
      const { status } = await post(minimalStatement(), { 'content-type': `application/json${charset}` });
      expect([charset, status]).toEqual([charset, 200]);
    }
  });
});

describe.each(VERSIONS)('refused parameters, in %s', (version) => {
  it('that are not known, are written in another case, or are there twice, on every resource and method', async () => {
    const wrong: string[] = [];
    const attempt = async (method: string, path: string, query: string) => {
      const body = method === 'PUT' || method === 'POST' ? { body: {} } : {};
      const { status } = await send(method, path, { query, ...body }, version);
      if (status !== 400) wrong.push(`${method} ${path}?${query}: ${status}`);
    };
    for (const [path, query] of RESOURCES) {
      const methods = /\/(profile|state)$/.test(path) ? ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] : ['GET', 'HEAD'];
      for (const method of methods) for (const search of wrongOf(query)) await attempt(method, path, search);
    }
    expect(wrong).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['/statements', 'limit', '-1'],
    ['/statements', 'limit', '1.5'],
    ['/statements', 'limit', '1e3'],
    ['/statements', 'limit', ''],
    ['/statements', 'statementId', 'abc'],
    ['/statements', 'statementId', ''],
    ['/statements', 'agent', '{}'],
    ['/statements', 'agent', '{"objectType":"Group","member":[]}'],
    ['/statements', 'agent', 'null'],
    ['/statements', 'verb', '\u0000'],
    ['/statements', 'since', '2026-01-01'],
    ['/statements', 'ascending', 'TRUE'],
    ['/activities', 'activityId', 'a'],
    ['/activities', 'activityId', ''],
    ['/agents', 'agent', '{"mbox":"mailto:a@b.c","mbox":5}'],
    ['/agents', 'agent', '{"mbox":"mailto:a@b.c","mbox":"mailto:b@b.c"}'],
    ['/agents', 'agent', '{"mbox":"mailto:a@b.c","openid":"urn:x"}'],
  ])('%s?%s=%s is 400 and names it', async (path, name, value) => {
    const answer = await send('GET', path, { query: { [name]: value } }, version);
    expect([answer.status, errorOf(answer).path]).toEqual([400, [name]]);
  });
});

describe('long things', () => {
  it('1,000,000 characters of two bytes arrive and leave as they are', async () => {
    const id = randomUUID();
    const response = 'é'.repeat(1_000_000);
    expect((await post(minimalStatement({ id, result: { response } }))).status).toBe(200);
    const { json } = await send('GET', '/statements', { query: { statementId: id } });
    expect((json['result'] as Json)['response'] === response).toBe(true);
  });

  it('identifiers of any length are found', async () => {
    const id = `http://example.com/${'x'.repeat(5_000)}`;
    const registration = randomUUID();
    await post(minimalStatement({ object: { id }, context: { registration } }));
    const { json } = await send('GET', '/statements', { query: { activity: id, registration } });
    expect(json['statements']).toHaveLength(1);
  });
});
