import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

// Every combination of filters: test/model.
describe('xAPI 1.0.3 Comm 2.1.3', () => {
  const mark = `http://example.com/marks/${randomUUID()}`;
  const marked = () => minimalStatement({ id: randomUUID(), object: { id: mark } });
  let stored: Json[];
  beforeAll(async () => {
    for (let count = 0; count < 7; count += 1) await post(app, [marked(), marked()]);
    stored = await list(app, { activity: mark, ascending: 'true' });
  });

  it('the authority is found with related_agents only', async () => {
    const agent = JSON.stringify(stored[0]!['authority']);
    expect(await list(app, { activity: mark, agent })).toEqual([]);
    expect(await list(app, { activity: mark, agent, related_agents: 'true' })).toHaveLength(14);
  });

  it('since is exclusive and until inclusive, to the millisecond and in any zone', async () => {
    const instant = stored[7]!['stored'] as string;
    const zoned = `${new Date(Date.parse(instant) + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`;
    const until = stored.filter((statement) => (statement['stored'] as string) <= instant);
    const since = stored.filter((statement) => (statement['stored'] as string) > instant);
    const found = async (query: Record<string, string>) =>
      (await list(app, { activity: mark, ascending: 'true', ...query })).map(idOf);
    expect(await found({ until: zoned })).toEqual(until.map(idOf));
    expect(await found({ since: zoned })).toEqual(since.map(idOf));
    expect(until.length).toBeGreaterThan(0);
    expect(since.length).toBeGreaterThan(0);
  });
});

describe('a statement that matches by what it leads to', () => {
  it('since, until and limit go by the statement that refers, not by what it leads to', async () => {
    const verb = `http://example.com/verbs/${randomUUID()}`;
    const target = minimalStatement({ id: randomUUID(), verb: { id: verb } });
    await post(app, target);
    const ids = [target].map(idOf);
    for (const _ of [1, 2]) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const object = { objectType: 'StatementRef', id: ids.at(-1) };
      ids.push(...(await post(app, minimalStatement({ id: randomUUID(), object }))));
    }
    const [, middle] = (await list(app, { verb, ascending: 'true' })).map((one) => one['stored'] as string);
    const found = async (query: Record<string, string>) =>
      (await list(app, { verb, ascending: 'true', ...query })).map(idOf);
    expect(await found({})).toEqual(ids);
    expect(await found({ since: middle! })).toEqual(ids.slice(2));
    expect(await found({ until: middle! })).toEqual(ids.slice(0, 2));
    const page = await xapi(app, 'GET', '/statements', { query: { verb, limit: '1' } });
    expect((page.json['statements'] as Json[]).map(idOf)).toEqual(ids.slice(2));
  });
});

describe('times out of reach', () => {
  it('are before or after everything', async () => {
    const query = (name: string, value: string) => xapi(app, 'GET', '/statements', { query: { [name]: value } });
    expect((await query('since', '9999-12-31T23:59:59Z')).json['statements']).toEqual([]);
    expect((await query('until', '0001-01-01T00:00:00Z')).json['statements']).toEqual([]);
    expect((await query('since', '0001-01-01T00:00:00Z')).json['statements']).not.toEqual([]);
    expect((await query('until', '9999-12-31T23:59:59Z')).json['statements']).not.toEqual([]);
  });
});

describe('pages', () => {
  it('are stable while statements are added, ascending and descending', async () => {
    const mark = `http://example.com/marks/${randomUUID()}`;
    const marked = () => minimalStatement({ id: randomUUID(), object: { id: mark } });
    const first = Array.from({ length: 10 }, marked);
    await post(app, first);
    for (const ascending of ['true', 'false']) {
      const before = (await list(app, { activity: mark })).length;
      const seen: string[] = [];
      let search = new URLSearchParams({ activity: mark, limit: '3', ascending }).toString();
      while (search !== '') {
        const { json } = await xapi(app, 'GET', '/statements', { query: search });
        seen.push(...(json['statements'] as Json[]).map(idOf));
        if (seen.length <= 6) await post(app, marked());
        search = (json['more'] as string).split('?')[1] ?? '';
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (const { id } of first as { id: string }[]) expect(seen).toContain(id);
      expect(seen).toHaveLength(ascending === 'true' ? before + 2 : before);
    }
  });

  it('hold as many as the service allows with limit=0, and say so by more', async () => {
    const mark = `http://example.com/marks/${randomUUID()}`;
    await post(
      app,
      Array.from({ length: 501 }, () => minimalStatement({ object: { id: mark } })),
    );
    for (const limit of ['0', '1000']) {
      const { json } = await xapi(app, 'GET', '/statements', { query: { activity: mark, limit } });
      expect(json['statements']).toHaveLength(500);
      expect(json['more']).not.toBe('');
    }
    expect(await list(app, { activity: mark })).toHaveLength(501);
  });

  it('end with an empty more, also when nothing matches', async () => {
    const { status, json } = await xapi(app, 'GET', '/statements', { query: { verb: 'http://example.com/never' } });
    expect([status, json]).toEqual([200, { statements: [], more: '' }]);
  });
});

describe('more', () => {
  it('carries every parameter of the first request', async () => {
    const mark = `http://example.com/marks/${randomUUID()}`;
    const [registration, agent] = [randomUUID(), { mbox: `mailto:${randomUUID()}@example.com` }];
    const matching = (): Json =>
      minimalStatement({ id: randomUUID(), object: { id: mark }, context: { registration, instructor: agent } });
    await post(app, [matching(), matching(), matching(), matching()]);
    const query = {
      agent: JSON.stringify(agent),
      verb: 'http://example.com/verbs/tried',
      activity: mark,
      registration,
      related_agents: 'true',
      related_activities: 'true',
      since: '2020-01-01T00:00:00Z',
      until: '2999-01-01T00:00:00Z',
      limit: '2',
      ascending: 'true',
      format: 'ids',
      attachments: 'false',
    };
    const { json } = await xapi(app, 'GET', '/statements', { query });
    const more = new URLSearchParams((json['more'] as string).split('?')[1]);
    const { cursor, ...carried } = Object.fromEntries(more);
    expect(cursor).toMatch(/^\d+$/);
    expect(carried).toEqual(query);
  });
});
