/** Requests at the limits of size and depth, and beyond: with the limits that a service has unless it is told others. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { messageOf, statementsPart } from '../support/multipart.js';
import { importThat, postImport } from '../support/statement-imports.js';
import { minimalStatement, post, XAPI_VERSION, xapi } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const errorOf = ({ json }: XapiAnswer) => json['error'] as { code: string; message: string; path: string[] };
const isStored = async (id: string) =>
  (await xapi(app, 'GET', '/statements', { query: { statementId: id } })).status === 200;

/** A statement of about 1,500 bytes. */
const realStatement = (): Json => ({
  id: randomUUID(),
  actor: { objectType: 'Agent', name: 'Ada', account: { homePage: 'https://lms.example.com', name: 'ada' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered', de: 'beantwortete' } },
  object: {
    id: 'http://example.com/questions/1',
    definition: {
      name: { en: 'A customer complains in public. What do you do first?' },
      description: { en: 'Choose one of the answers. '.repeat(10) },
      interactionType: 'choice',
      choices: ['a', 'b', 'c', 'd'].map((id) => ({ id, description: { en: 'Ask a colleague first' } })),
    },
  },
  result: { response: 'x'.repeat(300), success: true, score: { scaled: 0.5 }, duration: 'PT12.34S' },
  context: { registration: randomUUID(), contextActivities: { parent: [{ id: 'http://example.com/quiz' }] } },
});

describe('large bodies', () => {
  it('10,000 statements of real size are one batch', async () => {
    const batch = Array.from({ length: 10_000 }, realStatement);
    expect(JSON.stringify(batch).length).toBeGreaterThan(11_000_000);
    expect(await post(app, batch)).toEqual(batch.map(({ id }) => id));
  }, 300_000);

  it.each([
    ['/xapi/statements', 'MAX_STATEMENTS_BYTES', 33_554_432],
    [
      '/xapi/activities/state?activityId=urn:a&stateId=s&agent=%7B%22mbox%22:%22mailto:a@b.c%22%7D',
      'MAX_BODY_BYTES',
      8_388_608,
    ],
    ['/graphql', 'MAX_BODY_BYTES', 8_388_608],
  ])(
    'beyond the limit of %s: 413 that tells the setting, also to a client that sends all before it reads',
    async (path, setting, limit) => {
      const { hostname, port } = new URL(app.url);
      const socket = connect(Number(port), hostname);
      const answers = textOf(socket);
      const head = (method: string, target: string, length: number) =>
        `${method} ${target} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${app.adminKey}\r\n` +
        `X-Experience-API-Version: ${XAPI_VERSION}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n`;
      socket.write(`${head('POST', path, limit + 8_000_000)}\r\n`);
      for (let left = limit + 8_000_000; left > 0; left -= 1_000_000) {
        const piece = Buffer.alloc(Math.min(left, 1_000_000), 0x20);
        if (!socket.write(piece)) await once(socket, 'drain');
      }
      // The connection serves on.
      socket.write(`${head('GET', '/xapi/about', 0)}Connection: close\r\n\r\n`);
      const received = await answers;
      expect(received).toMatch(/^HTTP\/1\.1 413 /);
      expect(received).toContain(`"The body is larger than ${limit} bytes (${setting}).`);
      expect(received).toContain('PAYLOAD_TOO_LARGE');
      expect(received).toMatch(/HTTP\/1\.1 200 [^]*"version":\[/);
    },
    60_000,
  );

  it('beyond the limit in chunks, and in multipart: 413, and nothing is stored', async () => {
    const statement = minimalStatement({ id: randomUUID(), result: { response: 'x'.repeat(34_000_000) } });
    const part = messageOf([statementsPart(statement)]);
    const multipart = { 'content-type': 'multipart/mixed; boundary=a-boundary' };
    const chunked = async (body: string | Buffer, headers: Record<string, string>) => {
      const sent = request(`${app.url}/xapi/statements`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.adminKey}`, 'x-experience-api-version': XAPI_VERSION, ...headers },
      });
      Readable.from([body]).pipe(sent);
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      return { status: answer.statusCode, text: await textOf(answer) };
    };
    for (const [body, headers] of [
      [JSON.stringify(statement), { 'content-type': 'application/json' }],
      [part, multipart],
    ] as const) {
      const { status, text } = await chunked(body, headers);
      expect([status, text]).toEqual([
        413,
        expect.stringMatching(/larger than 33554432 bytes \(MAX_STATEMENTS_BYTES\)/),
      ]);
    }
    expect(await isStored(statement['id'] as string)).toBe(false);
  }, 60_000);
});

describe('100,000 levels of JSON', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const deepObjects = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const statementText = (id: string, value: string) =>
    JSON.stringify(minimalStatement({ id })).replace(/}$/, `,"context":{"extensions":{"urn:x":${value}}}}`);
  const state = { activityId: 'urn:deep', agent: '{"mbox":"mailto:deep@example.com"}', stateId: 'deep' };

  it.each([
    ['lists', deep],
    ['objects', deepObjects],
  ])('of %s in a statement are refused where they are', async (_, value) => {
    const id = randomUUID();
    for (const headers of [{}, { 'x-lectern-partial': 'true' }]) {
      const answer = await xapi(app, 'POST', '/statements', { body: `[${statementText(id, value)}]`, headers });
      const refusal =
        'error' in answer.json ? errorOf(answer) : (answer.json['refused'] as ReturnType<typeof errorOf>[])[0]!;
      expect(refusal).toMatchObject({
        path: ['0', 'context', 'extensions', 'urn:x'],
        message: 'A statement may nest 250 levels deep; 0.context.extensions.urn:x makes it 100003.',
      });
    }
    expect(await isStored(id)).toBe(false);
  });

  it('instead of a statement, or of something within it, are refused', async () => {
    for (const body of [deep, deepObjects, `[${deepObjects}]`, `{"actor":${deep}}`, `{"object":${deepObjects}}`]) {
      expect((await xapi(app, 'POST', '/statements', { body })).status).toBe(400);
    }
    expect((await xapi(app, 'POST', '/statements', { body: deep.slice(0, 150_000) })).status).toBe(400);
  });

  it('in a multipart part are refused', async () => {
    const id = randomUUID();
    const body = messageOf([statementsPart(statementText(id, deep))]);
    const headers = { 'content-type': 'multipart/mixed; boundary=a-boundary' };
    const answer = await xapi(app, 'POST', '/statements', { body, headers });
    expect([answer.status, errorOf(answer).path]).toEqual([400, ['context', 'extensions', 'urn:x']]);
    expect(await isStored(id)).toBe(false);
  });

  it('in a document come back as they were sent, and are merged', async () => {
    const put = await xapi(app, 'PUT', '/activities/state', { query: state, body: `{"a":${deep},"b":1}` });
    expect(put.status).toBe(204);
    const merge = await xapi(app, 'POST', '/activities/state', { query: state, body: `{"c":${deepObjects},"b":2}` });
    expect(merge.status).toBe(204);
    const { text } = await xapi(app, 'GET', '/activities/state', { query: state });
    expect(text === `{"a":${deep},"b":2,"c":${deepObjects}}`).toBe(true);
  });

  it('in a file of statements are refused by their line, and the others are stored', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    const file = `${statementText(bad, deep)}\n${JSON.stringify(minimalStatement({ id: good }))}\n`;
    const { id } = (await (await postImport(app, file)).json()) as { id: string };
    const state = await importThat(app, id);
    expect(state).toMatchObject({ status: 'DONE', stored: 1, refused: 1 });
    expect(state.refusals.nodes).toMatchObject([
      { line: 1, code: 'TOO_DEEP', path: ['context', 'extensions', 'urn:x'] },
    ]);
    expect(await isStored(good)).toBe(true);
  });

  it('in variables of GraphQL are refused', async () => {
    const body = (value: string) =>
      `{"query":"query ($id: ID!) { statement(id: $id) { id } }","variables":{"id":${value}}}`;
    for (const value of [deep, deepObjects]) {
      const headers = { authorization: `Bearer ${app.adminKey}`, 'content-type': 'application/json' };
      const answer = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: body(value) });
      expect([answer.status, await answer.json()]).toMatchObject([expect.any(Number), { errors: [{}] }]);
      expect(answer.status).toBeLessThan(500);
    }
  });

  it('leave the service at work', async () => {
    expect((await xapi(app, 'GET', '/about')).status).toBe(200);
  });
});
