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

const PARTIAL = { 'x-lectern-partial': 'true' };
const statement = (more: Json = {}): Json => minimalStatement({ id: randomUUID(), ...more });
const partially = (body: unknown) => xapi(app, 'POST', '/statements', { body, headers: PARTIAL });
const isStored = async (one: Json) =>
  (await xapi(app, 'GET', '/statements', { query: { statementId: idOf(one) } })).status === 200;

describe('a batch with X-Lectern-Partial: true', () => {
  it('stores what is good and tells of each other one what is wrong with it', async () => {
    const taken = statement();
    await post(app, taken);
    const known = statement();
    await post(app, known);
    const good = [statement(), statement()];
    const bad = statement({ verb: { id: 'no IRI' }, object: { id: 'nor this' } });
    const other = { ...taken, result: { response: 'another' } };
    const { status, json } = await partially([good[0], bad, other, known, { actor: 7 }, good[0], good[1]]);
    expect(status).toBe(200);
    expect(json['stored']).toEqual([good[0], known, good[1]].map((one) => idOf(one!)));
    expect(json['refused']).toMatchObject([
      { index: 1, id: idOf(bad), path: ['1', 'verb', 'id'], problems: [{}, { path: ['1', 'object', 'id'] }] },
      { index: 2, id: idOf(taken), code: 'CONFLICT', path: ['2', 'id'] },
      { index: 4, path: ['4', 'actor'] },
      { index: 5, id: idOf(good[0]!), code: 'DUPLICATE', path: ['5', 'id'] },
    ]);
    expect(await Promise.all([...good, bad].map(isStored))).toEqual([true, true, false]);
    const { json: kept } = await xapi(app, 'GET', '/statements', { query: { statementId: idOf(taken) } });
    expect(kept['result']).toBeUndefined();
  });

  it('is answered in the same way when all of it is good, or nothing', async () => {
    const [first, second] = [statement(), statement()];
    expect((await partially([first, second])).json).toEqual({ stored: [idOf(first), idOf(second)], refused: [] });
    expect((await partially([first, second])).json).toEqual({ stored: [idOf(first), idOf(second)], refused: [] });
    expect((await partially([{}])).json).toMatchObject({ stored: [], refused: [{ index: 0 }] });
    expect((await partially(first)).json).toEqual({ stored: [idOf(first)], refused: [] });
  });

  it('is refused as a whole when it is no JSON, or the header is neither true nor false', async () => {
    const { status, json } = await partially(`[${JSON.stringify(statement())}, {"actor":]`);
    expect([status, json['error']]).toMatchObject([400, { message: expect.stringContaining('is not JSON') }]);
    const odd = await xapi(app, 'POST', '/statements', {
      body: [statement()],
      headers: { 'x-lectern-partial': 'yes' },
    });
    expect(odd.status).toBe(400);
  });
});

describe('xAPI 1.0.3 Comm 2.1.2, a batch without it', () => {
  it('is stored as a whole or not at all, also when only an id is in the way', async () => {
    const taken = statement();
    await post(app, taken);
    const news = [statement(), statement()];
    const body = [news[0], { ...taken, result: { response: 'another' } }, news[1]];
    expect((await xapi(app, 'POST', '/statements', { body })).status).toBe(409);
    expect(await Promise.all(news.map(isStored))).toEqual([false, false]);
  });

  it('succeeds when some of it is stored already, and stores the rest', async () => {
    const batch = [statement(), statement(), statement()];
    await post(app, batch.slice(0, 1));
    expect(await post(app, batch)).toEqual(batch.map(idOf));
    expect(await Promise.all(batch.map(isStored))).toEqual([true, true, true]);
  });

  it.each(['[', '[1', '[{}', '[{},', '[{}]]', '[{}{}]', '[{}],', '["', '[{"a":"\\"}]'])(
    'that is no JSON is refused as such: %s',
    async (body) => {
      const { status, json } = await xapi(app, 'POST', '/statements', { body });
      expect([status, json['error']]).toMatchObject([400, { message: expect.stringContaining('is not JSON') }]);
    },
  );
});

describe('requests that come together', () => {
  it('are committed together, and each stands or falls alone', async () => {
    const taken = statement();
    await post(app, taken);
    const mark = `http://example.com/activities/${randomUUID()}`;
    const good = Array.from({ length: 40 }, () => statement({ object: { id: mark } }));
    const bodies = good.flatMap((one, index): unknown[] => {
      if (index % 10 === 3) return [one, { ...taken, result: { response: `writer ${index}` } }];
      if (index % 10 === 6) return [one, [taken, statement({ object: { id: mark } })]];
      return [one];
    });
    const answers = await Promise.all(bodies.map((body) => xapi(app, 'POST', '/statements', { body })));
    expect(answers.map(({ status }) => status)).toEqual(bodies.map((body) => ('result' in (body as Json) ? 409 : 200)));
    expect(await list(app, { activity: mark })).toHaveLength(44);
  });

  it('and bring the same new id store it once', async () => {
    const one = statement({ object: { id: `http://example.com/activities/${randomUUID()}` } });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => xapi(app, 'POST', '/statements', { body: one })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await list(app, { activity: (one['object'] as Json)['id'] as string })).toHaveLength(1);
  });
});

describe('much at once', () => {
  it('10,000 statements are one batch, stored in the order in which they came, while others are served', async () => {
    const mark = `http://example.com/activities/${randomUUID()}`;
    const batch = Array.from({ length: 10_000 }, () => statement({ object: { id: mark } }));
    let longest = 0;
    let done = false;
    const watch = async () => {
      for (let last = performance.now(); !done; last = performance.now()) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        longest = Math.max(longest, performance.now() - last);
      }
    };
    const [ids] = await Promise.all([post(app, batch).finally(() => (done = true)), watch()]);
    expect(ids).toEqual(batch.map(idOf));
    const stored = await list(app, { activity: mark, ascending: 'true' });
    expect(stored).toHaveLength(10_000);
    expect(new Set(stored.map(({ stored: time }) => time)).size).toBe(1);
    // It takes seconds in all.
    expect(longest).toBeLessThan(1_000);
  }, 120_000);

  it('a statement of 5 MB comes back as it was sent', async () => {
    const text = 'ä€𝄞'.repeat(555_000);
    const [id] = await post(app, statement({ result: { extensions: { 'http://example.com/long': text } } }));
    const { json } = await xapi(app, 'GET', '/statements', { query: { statementId: id! } });
    expect((json['result'] as Json)['extensions']).toEqual({ 'http://example.com/long': text });
  }, 60_000);
});
