import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { FactsProjector } from '../../modules/insights/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { World } from '../support/random-statements.js';
import { idOf, minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const TABLES = ['statement_facts', 'fact_terms', 'fact_words', 'fact_contexts', 'fact_cursors'];

let app: TestApp;
let projector: FactsProjector;
beforeAll(async () => {
  // No job: what brings facts up to date is what a test asks to do so.
  app = await createTestApp({ WORKER_CONCURRENCY: '0' });
  projector = app.app.get(FactsProjector, { strict: false });
});
afterAll(() => app.close());

const select = <Row extends object>(text: string) =>
  withClient(app.database.ownerUrl, async (client) => (await client.query<Row>(text)).rows);

/** Every row of every table of facts, as JSON in a fixed order. */
async function rows(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const found = await select<{ row: string }>(`SELECT to_json(t)::text AS row FROM ${table} t`);
    all[table] = found.map(({ row }) => row).sort();
  }
  return all;
}

const catchUp = () => projector.catchUp(DEFAULT_ORGANIZATION_ID);

const voidingOf = (statement: Json): Json =>
  minimalStatement({
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id: idOf(statement) },
  });

describe('the projection of facts', () => {
  it('makes exactly the same rows when it is rebuilt, however statements and voidings came', async () => {
    const sent = fc.sample(new World().statement(), { numRuns: 60, seed: 3 });
    const voidings = sent.slice(0, 12).map(voidingOf);
    // Some before, some after, some together with what they void, and some facts are made in between.
    const order = [
      ...voidings.slice(0, 4),
      ...sent.slice(0, 30),
      ...voidings.slice(4, 8),
      ...sent.slice(30),
      ...voidings.slice(8),
    ];
    while (order.length > 0) {
      await post(app, order.splice(0, 7));
      if (order.length % 2 === 0) await catchUp();
    }
    await catchUp();
    const before = await rows();
    expect(before['statement_facts']).toHaveLength(72);
    expect(before['statement_facts']!.filter((row) => row.includes('"voided":true'))).toHaveLength(12);

    await projector.rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await rows()).toEqual(before);
  });

  it('does not let a voiding statement be voided', async () => {
    const target = minimalStatement({ id: randomUUID() });
    const voiding = { ...voidingOf(target), id: randomUUID() };
    await post(app, [target, voiding]);
    await catchUp();
    await post(app, voidingOf(voiding));
    await catchUp();
    const { data } = await app.graphql<{ statements: { nodes: Json[] } }>(
      'query ($ids: [ID!]) { statements(filter: { ids: $ids }) { nodes { id } } }',
      { ids: [target.id, voiding.id] },
    );
    expect(data.statements.nodes.map(idOf)).toEqual([voiding.id]);
  });

  it('counts each statement once when several bring facts up to date while others write', async () => {
    const sent = fc.sample(new World().statement(), { numRuns: 60, seed: 5 });
    await Promise.all([
      ...[0, 1, 2].map(async (writer) => {
        for (let index = writer; index < sent.length; index += 3) await post(app, sent[index]);
      }),
      ...[0, 1, 2].map(async () => {
        for (let round = 0; round < 8; round += 1) await catchUp();
      }),
    ]);
    await catchUp();
    const before = await rows();
    await projector.rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await rows()).toEqual(before);
  });

  it('tells how far it is behind while a statement is still being stored, and takes it in afterwards', async () => {
    const verb = `http://example.com/verbs/${randomUUID()}`;
    const ask = async () => {
      const { data } = await app.graphql<{
        statements: { totalCount: number; consistentThrough: string };
      }>('query ($verbs: [String!]) { statements(filter: { verbs: $verbs }) { totalCount consistentThrough } }', {
        verbs: [verb],
      });
      return data.statements;
    };
    await withClient(app.database.serviceUrl, async (writer) => {
      await writer.query('BEGIN');
      await writer.query(`SELECT begin_storing_statements('${DEFAULT_ORGANIZATION_ID}')`);
      const began = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 10));
      await post(app, minimalStatement({ verb: { id: verb } }));
      const answer = await ask();
      expect(answer.totalCount).toBe(0);
      expect(new Date(answer.consistentThrough).getTime()).toBeLessThanOrEqual(began);
      await writer.query('ROLLBACK');
    });
    expect((await ask()).totalCount).toBe(1);
  });

  it('tells its lag to GraphQL and to Prometheus', async () => {
    await catchUp();
    await post(app, [minimalStatement(), minimalStatement()]);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const status = async () => {
      const { data } = await app.graphql<{ statementsStatus: { waiting: number; lagSeconds: number } }>(
        '{ statementsStatus { waiting lagSeconds consistentThrough } }',
      );
      const metrics = await (await fetch(`${app.url}/metrics`)).text();
      const metric = (name: string) =>
        Number(new RegExp(`^lectern_statement_facts_${name} (.*)$`, 'm').exec(metrics)?.[1]);
      return { ...data.statementsStatus, metrics: { waiting: metric('waiting'), seconds: metric('lag_seconds') } };
    };
    const behind = await status();
    expect(behind).toMatchObject({ waiting: 2, metrics: { waiting: 2 } });
    expect(behind.lagSeconds).toBeGreaterThan(0);
    expect(behind.metrics.seconds).toBeGreaterThan(0);
    await catchUp();
    expect(await status()).toMatchObject({ waiting: 0, lagSeconds: 0, metrics: { waiting: 0, seconds: 0 } });
  });

  it('takes in what databases cannot hold, and what is too long for them', async () => {
    const odd = '\0 half \ud800';
    const [id] = await post(
      app,
      JSON.stringify(
        minimalStatement({
          actor: { name: odd, account: { homePage: 'https://lms.example.com', name: odd } },
          verb: { id: 'http://example.com/verbs/odd', display: { en: odd } },
          object: {
            id: 'http://example.com/odd',
            definition: { name: { en: 'x'.repeat(100_000) }, description: { en: odd } },
          },
          result: { response: 'word '.repeat(100_000), duration: 'P99999999999999999Y', score: { raw: 1e308 } },
          timestamp: '0000-01-01T00:00:00Z',
        }),
      ),
    );
    await catchUp();
    const { data, errors } = await app.graphql<{ statements: { nodes: Json[] } }>(
      'query ($ids: [ID!]) { statements(filter: { ids: $ids }) { nodes { id } } }',
      { ids: [id] },
    );
    expect(errors).toBeUndefined();
    expect(data.statements.nodes).toEqual([{ id }]);
  });
});

describe('the background job', () => {
  it('follows the statements without anybody asking', async () => {
    const other = await createTestApp();
    try {
      await post(other, minimalStatement());
      const giveUp = Date.now() + 15_000;
      const facts = () =>
        withClient(
          other.database.ownerUrl,
          async (client) => (await client.query('SELECT FROM statement_facts')).rowCount,
        );
      while ((await facts()) !== 1) {
        if (Date.now() > giveUp) throw new Error('It did not happen in 15 seconds.');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      await other.close();
    }
  });
});
