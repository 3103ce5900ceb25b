import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { termKey } from '../../modules/lrs/index.js';
import { StatementKind } from '../../modules/retention/kinds/statement-kind.js';
import type { RuleSettings } from '../../modules/retention/rules/retention-rule.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

const STATEMENTS = 20_000;
const NEIGHBOUR = randomUUID();
const VERB = 'http://example.com/verbs/3';

/** Three years before now; a statement an hour. */
const FIRST = Date.now() - 3 * 365 * 86_400_000;
const positionOf = (index: string) => `(${FIRST}::bigint + ${index} * 3600000::bigint) * 1000000`;
const idOf = (index: string) => `md5('statement ' || $1::uuid::text || ${index})::uuid`;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ WORKER_CONCURRENCY: '0' });
  await withClient(app.database.ownerUrl, async (client) => {
    await client.query('SELECT prepare_statement_partitions($1)', [new Date(FIRST).getUTCFullYear()]);
    for (const organization of [DEFAULT_ORGANIZATION_ID, NEIGHBOUR]) await fill(client, organization);
    await client.query('ANALYZE');
  });
});
afterAll(() => app.close());

async function fill(client: pg.ClientBase, organization: string): Promise<void> {
  const from = 'FROM generate_series(1, $2::int) AS i';
  const run = (text: string) => client.query(text, [organization, STATEMENTS]);
  await run(`INSERT INTO statement_ids SELECT $1::uuid, ${idOf('i')}, ${positionOf('i')} ${from}`);
  await run(
    `INSERT INTO statements (organization_id, position, id, verb_key, voiding, payload)
     SELECT $1::uuid, ${positionOf('i')}, ${idOf('i')}, ${idOf('i % 10')}, false, json_build_object(
       'id', ${idOf('i')}, 'actor', json_build_object('mbox', 'mailto:a@example.com'), 'verb', json_build_object('id', 'urn:v'),
       'object', json_build_object('id', 'urn:a'), 'authority', json_build_object('mbox', 'mailto:b@example.com')) ${from}`,
  );
  await run(`INSERT INTO statement_terms SELECT $1::uuid, ${idOf('i')}, ${positionOf('i')}, true ${from}`);
  await run(
    `INSERT INTO statement_facts (organization_id, position, happened_at, actor, verb, activity, context, voided)
     SELECT $1::uuid, ${positionOf('i')}, to_timestamp(${FIRST} / 1000 + i * 3600), 1000 + i % 1000, 1 + i % 10, 100 + i % 200,
            5000 + i % 100, false ${from}`,
  );
  await client.query('INSERT INTO fact_terms (organization_id, id, key) VALUES ($1, 3, $2)', [
    organization,
    termKey('verb', VERB),
  ]);
  for (const table of ['fact_cursors', 'record_cursors']) {
    const columns = table === 'fact_cursors' ? 'organization_id, position, last_term' : 'organization_id, position';
    const more = table === 'fact_cursors' ? ', 9000' : '';
    await client.query(`INSERT INTO ${table} (${columns}) VALUES ($1, ${positionOf('1000000')}${more})`, [
      organization,
    ]);
  }
}

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

/** The plans of the SQL about statements that some work sends, each made just before, with the settings of that moment. */
async function plansOf(work: () => Promise<unknown>): Promise<{ text: string; plan: Plan }[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const asked: { text: string; answer: Promise<pg.QueryResult<{ 'QUERY PLAN': [{ Plan: Plan }] }>> }[] = [];
  prototype.query = function planning(...parameters) {
    const [text, values] = parameters;
    if (typeof text === 'string' && /\b(FROM|JOIN|USING) statement/.test(text)) {
      const answer = original.call(this, `EXPLAIN (FORMAT JSON) ${text}`, values);
      asked.push({ text, answer: answer as (typeof asked)[number]['answer'] });
    }
    return original.apply(this, parameters);
  };
  try {
    await work();
    return await Promise.all(
      asked.map(async ({ text, answer }) => ({ text, plan: (await answer).rows[0]!['QUERY PLAN'][0].Plan })),
    );
  } finally {
    prototype.query = original;
  }
}

const scannedWhole = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && /^statement(s|_terms|_ids|_facts)/.test(plan['Relation Name'] ?? '')
    ? [plan['Relation Name']!]
    : []),
  ...(plan.Plans ?? []).flatMap(scannedWhole),
];

const rule: RuleSettings = {
  name: 'A rule',
  kind: 'STATEMENTS',
  action: 'DELETE',
  days: 365,
  basis: 'STORED',
  filter: {},
  enabled: true,
};
const hold: RuleSettings = { ...rule, action: 'KEEP', days: undefined, filter: { verbs: [VERB] } };

describe('a batch of a rule', () => {
  it.each([
    ['all statements', rule, []],
    ['all but those that are kept', rule, [hold]],
    ['those of a verb', { ...rule, filter: { verbs: [VERB] } }, []],
    ['those that happened long ago', { ...rule, basis: 'TIMESTAMP' as const }, [hold]],
  ])('looks at no table of statements as a whole: %s', async (_, deleting, keeping) => {
    const kind = app.app.get(StatementKind, { strict: false });
    const unitOfWork = app.app.get(UnitOfWork, { strict: false });
    const plans = await plansOf(() =>
      unitOfWork.run(DEFAULT_ORGANIZATION_ID, async () => {
        const plan = { rule: deleting, keeping, asOf: new Date() };
        const { removed } = await kind.removeSome(DEFAULT_ORGANIZATION_ID, plan, undefined);
        expect(removed).toBe(500);
      }),
    );
    expect(plans.length).toBeGreaterThanOrEqual(4);
    expect(plans.map(({ text, plan }) => ({ text, whole: scannedWhole(plan) }))).toEqual(
      plans.map(({ text }) => ({ text, whole: [] })),
    );
  });
});
