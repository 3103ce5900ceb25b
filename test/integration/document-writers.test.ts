import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { xapi } from '../support/statements.js';
import type { XapiAnswer } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const WRITERS = 64;

const writers = Array.from({ length: WRITERS }, (_, writer) => writer);

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
  // Every connection of the pool is open before writers race: opening them would keep them apart.
  await Promise.all(
    writers.map(() => xapi(app, 'GET', '/activities', { query: { activityId: 'http://example.com/' } })),
  );
});
afterAll(() => app.close());

const RESOURCES = [
  ['/activities/state', 'stateId'],
  ['/activities/profile', 'profileId'],
  ['/agents/profile', 'profileId'],
] as const;

/** A client of one document that nobody else has. */
function documentAt(path: string, idName: string) {
  const activity = { activityId: `http://example.com/${randomUUID()}` };
  const agent = { agent: JSON.stringify({ mbox: `mailto:${randomUUID()}@example.com` }) };
  const query = {
    ...(path.startsWith('/activities') ? activity : {}),
    ...(path === '/activities/profile' ? {} : agent),
    [idName]: 'shared',
  };
  return (method: string, body?: unknown, headers: Record<string, string> = {}): Promise<XapiAnswer> =>
    xapi(app, method, path, { query, headers, ...(body === undefined ? {} : { body }) });
}

const statusesOf = (answers: readonly XapiAnswer[]) =>
  answers.reduce<Record<number, number>>(
    (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
    {},
  );

describe.each(RESOURCES)('64 writers of one document of %s', (path, idName) => {
  it('have one winner when each wants to be the first', async () => {
    const document = documentAt(path, idName);
    const answers = await Promise.all(writers.map((writer) => document('PUT', { writer }, { 'if-none-match': '*' })));
    expect(statusesOf(answers)).toEqual({ 204: 1, 412: WRITERS - 1 });
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await document('GET')).json).toEqual({ writer: winner });
  });

  it('lose nothing when they merge', async () => {
    const document = documentAt(path, idName);
    const answers = await Promise.all(writers.map((writer) => document('POST', { [`member ${writer}`]: writer })));
    expect(statusesOf(answers)).toEqual({ 204: WRITERS });
    expect((await document('GET')).json).toEqual(
      Object.fromEntries(writers.map((writer) => [`member ${writer}`, writer])),
    );
  });

  it('lose nothing when they send back what they have read with If-Match', async () => {
    const document = documentAt(path, idName);
    await document('PUT', [], { 'if-none-match': '*' });
    const seen = new Set<number>();
    const append = async (writer: number): Promise<void> => {
      for (;;) {
        const { json, headers } = await document('GET');
        const list = [...(json as unknown as number[]), writer];
        const { status } = await document('PUT', list, { 'if-match': headers.get('etag')! });
        seen.add(status);
        if (status !== 412) return;
      }
    };
    await Promise.all(writers.slice(0, 16).map(append));
    expect([...seen].sort()).toEqual([204, 412]);
    expect(((await document('GET')).json as unknown as number[]).sort((a, b) => a - b)).toEqual(writers.slice(0, 16));
  });
});

describe('state', () => {
  it('that one learner posts fast, into documents of several ids, is all there', async () => {
    const query = { activityId: `http://example.com/${randomUUID()}`, agent: '{"mbox":"mailto:fast@example.com"}' };
    const posts = Array.from({ length: 300 }, (_, number) => ({ stateId: `part ${number % 3}`, number }));
    const answers = await Promise.all(
      posts.map(({ stateId, number }) =>
        xapi(app, 'POST', '/activities/state', { query: { ...query, stateId }, body: { [number]: number } }),
      ),
    );
    expect(statusesOf(answers)).toEqual({ 204: 300 });
    const found = await Promise.all(
      ['part 0', 'part 1', 'part 2'].map((stateId) =>
        xapi(app, 'GET', '/activities/state', { query: { ...query, stateId } }),
      ),
    );
    expect(Object.assign({}, ...found.map(({ json }) => json))).toEqual(
      Object.fromEntries(posts.map(({ number }) => [number, number])),
    );
  });

  it('is changed and deleted as a whole at the same time without a deadlock, and comes back in no parts', async () => {
    const query = { activityId: `http://example.com/${randomUUID()}`, agent: '{"mbox":"mailto:busy@example.com"}' };
    const work = writers.map((writer) =>
      writer % 8 === 0
        ? xapi(app, 'DELETE', '/activities/state', { query })
        : xapi(app, 'POST', '/activities/state', {
            query: { ...query, stateId: String(writer % 5) },
            body: { [`member ${writer}`]: createHash('sha1').update(String(writer)).digest('hex') },
          }),
    );
    expect(statusesOf(await Promise.all(work))).toEqual({ 204: WRITERS });
    expect((await xapi(app, 'DELETE', '/activities/state', { query })).status).toBe(204);
    expect((await xapi(app, 'GET', '/activities/state', { query })).json).toEqual([]);
  });
});
