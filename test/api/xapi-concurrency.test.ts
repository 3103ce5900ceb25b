import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const WRITERS = 64;
const DEFAULT_ORGANIZATION = '00000000-0000-7000-8000-000000000001';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ DATABASE_POOL_SIZE: '20' });
});
afterAll(() => app.close());

const together = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

async function completeUntil(): Promise<number> {
  const { headers } = await xapi(app, 'GET', '/statements', { query: { limit: '1' } });
  return Date.parse(headers.get('x-experience-api-consistent-through')!);
}

describe('xAPI 1.0.3 Comm 2.1.1, writers of one id at once', () => {
  it('store it once: the same is taken from all of them', async () => {
    const statement = minimalStatement({ id: randomUUID(), object: { id: `urn:same:${randomUUID()}` } });
    const statuses = await together(WRITERS, async (index) => {
      const request = { body: statement, ...(index % 2 === 0 ? { query: { statementId: idOf(statement) } } : {}) };
      return (await xapi(app, index % 2 === 0 ? 'PUT' : 'POST', '/statements', request)).status;
    });
    expect(new Set(statuses)).toEqual(new Set([204, 200]));
    expect(await list(app, { activity: (statement['object'] as Json)['id'] as string })).toHaveLength(1);
  });

  it('that differ: one is stored, the others are refused with 409', async () => {
    const id = randomUUID();
    const answers = await together(WRITERS, (index) =>
      xapi(app, 'PUT', '/statements', {
        query: { statementId: id },
        body: minimalStatement({ result: { response: `writer ${index}` } }),
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      204,
      ...Array.from({ length: WRITERS - 1 }, () => 409),
    ]);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect((await xapi(app, 'GET', '/statements', { query: { statementId: id } })).json).toMatchObject({
      result: { response: `writer ${winner}` },
    });
  });

  it('with the same batch in opposite orders all succeed', async () => {
    const batch = Array.from({ length: 40 }, () => minimalStatement({ id: randomUUID() }));
    const ids = await together(8, (index) => post(app, index % 2 === 0 ? batch : [...batch].reverse()));
    expect(ids.map((answer) => [...answer].sort())).toEqual(Array.from({ length: 8 }, () => batch.map(idOf).sort()));
  });
});

describe('xAPI 1.0.3 Comm 2.1.3, X-Experience-API-Consistent-Through', () => {
  it('is never ahead of a statement that appears later, under 64 writers', async () => {
    let writing = true;
    const seen: { asked: number; ids: Set<string>; through: number }[] = [];
    const watch = async () => {
      while (writing) {
        const { headers, json } = await xapi(app, 'GET', '/statements', { query: { limit: '400' } });
        const through = Date.parse(headers.get('x-experience-api-consistent-through')!);
        seen.push({ asked: seen.length, ids: new Set((json['statements'] as Json[]).map(idOf)), through });
      }
    };
    const mark = `urn:mark:${randomUUID()}`;
    const writers = together(WRITERS, async () => {
      for (let round = 0; round < 4; round += 1)
        await post(
          app,
          Array.from({ length: 1 + (round % 3) * 10 }, () => minimalStatement({ object: { id: mark } })),
        );
    }).finally(() => (writing = false));
    await Promise.all([writers, watch(), watch()]);
    const all = await list(app, { activity: mark });
    const late = seen.flatMap(({ ids, through }) => {
      const oldest = all
        .filter((statement) => ids.has(idOf(statement)))
        .map((statement) => statement['stored'] as string)
        .sort()[0];
      return all.filter(
        (statement) =>
          oldest !== undefined &&
          (statement['stored'] as string) > oldest &&
          Date.parse(statement['stored'] as string) < through &&
          !ids.has(idOf(statement)),
      );
    });
    expect(seen.length).toBeGreaterThan(3);
    expect(late).toEqual([]);
  }, 60_000);

  it('waits for a transaction that has not ended, and goes on when it has', async () => {
    const writer = new pg.Client({ connectionString: app.database.serviceUrl });
    await writer.connect();
    try {
      await writer.query('BEGIN');
      const { rows } = await writer.query<{ stored: string }>('SELECT begin_storing_statements($1) AS stored', [
        DEFAULT_ORGANIZATION,
      ]);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(await completeUntil()).toBeLessThanOrEqual(Number(rows[0]!.stored));
      await writer.query('ROLLBACK');
      // The time that an answer tells may have been found out 20 ms ago.
      await new Promise((resolve) => setTimeout(resolve, 30));
      const now = Date.now();
      expect(await completeUntil()).toBeGreaterThanOrEqual(now - 25);
    } finally {
      await writer.end();
    }
  });

  it('holds nobody up: others store and read while a transaction is open', async () => {
    const writer = new pg.Client({ connectionString: app.database.serviceUrl });
    await writer.connect();
    try {
      await writer.query('BEGIN');
      await writer.query('SELECT begin_storing_statements($1)', [DEFAULT_ORGANIZATION]);
      const [id] = await post(app, minimalStatement());
      expect((await xapi(app, 'GET', '/statements', { query: { statementId: id! } })).status).toBe(200);
    } finally {
      await writer.end();
    }
  });
});
