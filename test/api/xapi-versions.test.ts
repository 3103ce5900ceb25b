import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { list, minimalStatement, xapi } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';

const HEADER = 'x-experience-api-version';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ XAPI_DEFAULT_VERSION: '2.0.0' });
});
afterAll(() => app.close());

const speaking = (version: string) => ({ [HEADER]: version });
const put = (version: string, id: string, body: unknown) =>
  xapi(app, 'PUT', '/statements', { query: { statementId: id }, headers: speaking(version), body });
const get = async (version: string, id: string) =>
  (await xapi(app, 'GET', '/statements', { query: { statementId: id }, headers: speaking(version) })).json;
const versionOf = ({ headers }: XapiAnswer) => headers.get(HEADER);

describe('the version of a request (1.0.3 Comm 3.3; 9274.1.1 4.1.7)', () => {
  it.each([
    ['1.0', '1.0.3'],
    ['1.0.0', '1.0.3'],
    ['1.0.99', '1.0.3'],
    ['2.0', '2.0.0'],
    ['2.0.0', '2.0.0'],
    ['2.0.7', '2.0.0'],
  ])('%s is answered as %s', async (asked, answered) => {
    const answer = await xapi(app, 'GET', '/statements', { query: { limit: '1' }, headers: speaking(asked) });
    expect([answer.status, versionOf(answer)]).toEqual([200, answered]);
  });

  it.each(['0.9', '0.95', '1.1', '1.1.0', '2.1', '2.1.0', '3.0.0', '1', '2', '1.0.3.', 'v2.0.0', '2.0.0, 1.0.3', ''])(
    '"%s" is refused by 400, with the reason',
    async (asked) => {
      const answer = await xapi(app, 'GET', '/statements', { headers: speaking(asked) });
      expect([answer.status, versionOf(answer)]).toEqual([400, '2.0.0']);
      expect(answer.json['error']).toMatchObject({
        code: 'UNSUPPORTED_VERSION',
        message: expect.stringContaining('1.0.x'),
      });
    },
  );

  it('is told by every answer: refused keys, unknown resources, wrong parameters, bad bodies', async () => {
    for (const version of ['1.0.3', '2.0.0']) {
      const headers = speaking(version);
      const answers = await Promise.all([
        xapi(app, 'GET', '/statements', { headers, key: null }),
        xapi(app, 'GET', '/statements', { headers, key: 'nobody:knows-this' }),
        xapi(app, 'GET', '/nothing', { headers }),
        xapi(app, 'GET', '/statements', { headers, query: { Agent: 'x' } }),
        xapi(app, 'POST', '/statements', { headers, body: '{' }),
        xapi(app, 'GET', '/about', { headers }),
        xapi(app, 'HEAD', '/statements', { headers }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 404, 400, 400, 200, 200]);
      expect(answers.map(versionOf)).toEqual(answers.map(() => version));
    }
  });

  it('is the default one where the request says none: 400, and /about', async () => {
    const answers = await Promise.all(
      ['/statements', '/about'].map((path) =>
        fetch(`${app.url}/xapi${path}`, { headers: { authorization: `Bearer ${app.adminKey}` } }),
      ),
    );
    expect(answers.map(({ status, headers }) => [status, headers.get(HEADER)])).toEqual([
      [400, '2.0.0'],
      [200, '2.0.0'],
    ]);
  });
});

describe('/about (1.0.3 Comm 2.8; 9274.1.1 4.1.6.7)', () => {
  it('names the latest patch of each version, to everybody, whatever version is asked for', async () => {
    for (const asked of ['1.0.3', '2.0.0', '7.1']) {
      const { status, json } = await xapi(app, 'GET', '/about', { headers: speaking(asked), key: null });
      expect([status, json['version']]).toEqual([200, expect.arrayContaining(['1.0.3', '2.0.0'])]);
    }
  });

  it('takes no parameters', async () => {
    expect((await xapi(app, 'GET', '/about', { query: { version: '1' } })).status).toBe(400);
  });
});

describe('a statement keeps its own version, whoever reads it', () => {
  const relation = { contextAgents: [{ objectType: 'contextAgent', agent: { mbox: 'mailto:coach@example.com' } }] };

  it('gets that of the request when it has none', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await put('1.0.3', one, minimalStatement());
    await put('2.0', two, minimalStatement());
    for (const reader of ['1.0.3', '2.0.0']) {
      expect([(await get(reader, one))['version'], (await get(reader, two))['version']]).toEqual(['1.0.0', '2.0.0']);
    }
  });

  it('of 2.0 is the same for a reader of 1.0.3', async () => {
    const id = randomUUID();
    const registration = randomUUID();
    expect((await put('2.0.0', id, minimalStatement({ context: { ...relation, registration } }))).status).toBe(204);
    const [first, second] = [await get('1.0.3', id), await get('2.0.0', id)];
    expect(first).toEqual(second);
    expect(first).toMatchObject({ version: '2.0.0', context: relation });
    const agent = JSON.stringify({ mbox: 'mailto:coach@example.com' });
    expect(await list(app, { registration, agent, related_agents: 'true' })).toHaveLength(1);
    expect(await list(app, { registration, agent })).toHaveLength(0);
  });

  it('of 1.0 may come by 2.0 and keeps its version; the reverse is refused', async () => {
    const id = randomUUID();
    expect((await put('2.0.0', id, minimalStatement({ version: '1.0.1' }))).status).toBe(204);
    expect(await get('1.0.3', id)).toMatchObject({ version: '1.0.1' });
    const reverse = await put('1.0.3', randomUUID(), minimalStatement({ version: '2.0.0' }));
    expect([reverse.status, reverse.json['error']]).toEqual([400, expect.objectContaining({ path: ['version'] })]);
  });

  it('is judged by the version of the request', async () => {
    const answer = await put('1.0.3', randomUUID(), minimalStatement({ context: relation }));
    expect([answer.status, answer.json['error']]).toEqual([
      400,
      expect.objectContaining({ code: 'VALIDATION_FAILED', path: ['context', 'contextAgents'] }),
    ]);
  });

  it('has its timestamp in UTC when it came by 2.0', async () => {
    const timestamp = '2026-03-01T00:30:15.123456+01:00';
    const [one, two] = [randomUUID(), randomUUID()];
    await put('1.0.3', one, minimalStatement({ timestamp }));
    await put('2.0.0', two, minimalStatement({ timestamp }));
    expect((await get('2.0.0', one))['timestamp']).toBe(timestamp);
    expect((await get('2.0.0', two))['timestamp']).toBe('2026-02-28T23:30:15.123456Z');
  });

  it('is known again in 2.0 though its duration differs beyond 0.01 s; in 1.0.3 that is another statement', async () => {
    const id = randomUUID();
    const lasting = (duration: string): Json => minimalStatement({ result: { duration } });
    await put('2.0.0', id, lasting('PT1.234S'));
    const statuses = [
      await put('2.0.0', id, lasting('PT1.239S')),
      await put('2.0.0', id, lasting('PT1.24S')),
      await put('1.0.3', id, lasting('PT1.239S')),
      await put('1.0.3', id, lasting('PT1.234S')),
    ].map(({ status }) => status);
    expect(statuses).toEqual([204, 409, 409, 204]);
    expect(await get('1.0.3', id)).toMatchObject({ result: { duration: 'PT1.234S' } });
  });

  it('has an id once in a batch, in both versions', async () => {
    const id = randomUUID();
    for (const version of ['1.0.3', '2.0.0']) {
      const body = [minimalStatement({ id }), minimalStatement({ id })];
      const { status } = await xapi(app, 'POST', '/statements', { headers: speaking(version), body });
      expect(status).toBe(400);
    }
  });
});
