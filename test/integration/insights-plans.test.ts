import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { identifierOf, termKey } from '../../modules/lrs/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const FACTS = 20_000;
const NEIGHBOUR = randomUUID();

const verb = 'http://example.com/verbs/3';
const activity = 'http://example.com/activities/7';
const mbox = 'mailto:person-7@example.com';

/** Numbers of terms: verbs from 1, activities from 100, agents from 1,000, contexts from 5,000. */
const TERMS = [
  [3, termKey('verb', verb)],
  [107, termKey('activity', activity)],
  [1_007, termKey('agent', identifierOf({ mbox })!)],
];

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ WORKER_CONCURRENCY: '0' });
  await withClient(app.database.ownerUrl, async (client) => {
    for (const organization of [DEFAULT_ORGANIZATION_ID, NEIGHBOUR]) {
      await client.query(
        `INSERT INTO statement_facts (organization_id, position, happened_at, scaled, actor, verb, activity, context, voided)
         SELECT $1, i * 1000000::bigint, 'epoch'::timestamptz + i * interval '1 hour', (i % 11) / 10.0, 1000 + i % 1000,
                1 + i % 10, 100 + i % 200, 5000 + i % 100, false FROM generate_series(1, $2::int) AS i`,
        [organization, FACTS],
      );
      for (const [id, key] of TERMS) {
        await client.query('INSERT INTO fact_terms (organization_id, id, key) VALUES ($1, $2, $3)', [
          organization,
          id,
          key,
        ]);
      }
      await client.query(
        `INSERT INTO fact_contexts SELECT $1, 5000 + i, 1, 100 + i % 200 FROM generate_series(0, 99) AS i`,
        [organization],
      );
      await client.query(`INSERT INTO fact_words VALUES ($1, 'grace', 1007)`, [organization]);
    }
    await client.query('ANALYZE statement_facts, fact_terms, fact_contexts, fact_words');
  });
});
afterAll(() => app.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Recheck Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** The statements about facts that an operation sends, with their values. */
async function sentFor(operation: string): Promise<{ text: string; values: unknown[] }[]> {
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  const sent: { text: string; values: unknown[] }[] = [];
  prototype.query = function noting(...parameters) {
    const [text, values] = parameters;
    if (typeof text === 'string' && text.includes('FROM statement_facts'))
      sent.push({ text, values: values as unknown[] });
    return original.apply(this, parameters);
  };
  try {
    const { errors } = await app.graphql(operation);
    expect(errors).toBeUndefined();
    return sent;
  } finally {
    prototype.query = original;
  }
}

/** The nodes of the plans of an operation, as the role of the service sees them. */
async function nodesFor(operation: string): Promise<Plan[]> {
  const sent = await sentFor(operation);
  expect(sent.length).toBeGreaterThan(0);
  const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];
  return withClient(app.database.serviceUrl, async (client) => {
    await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [DEFAULT_ORGANIZATION_ID]);
    const nodes: Plan[] = [];
    for (const { text, values } of sent) {
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      );
      nodes.push(...flat(rows[0]!['QUERY PLAN'][0].Plan));
    }
    return nodes;
  });
}

const rowsRead = (nodes: readonly Plan[]): number =>
  nodes
    .filter((node) => node['Relation Name'] === 'statement_facts')
    .reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );

const list = (filter: string) => `{ statements(filter: { ${filter} }, first: 20) { nodes { id } } }`;
const total = (filter: string) =>
  `{ statementAggregate(filter: { ${filter} }) { ... on StatementAggregate { total { count } } } }`;

describe('the plan of a question about statements', () => {
  const questions: [string, string, number][] = [
    ['a page without filters', list(''), 50],
    ['a page by verb', list(`verbs: ["${verb}"]`), 2_100],
    ['a page by actor', list(`agents: [{ mbox: "${mbox}" }]`), 250],
    ['a page by activity', list(`activities: ["${activity}"]`), 250],
    ['a page by parent', list(`parents: ["${activity}"]`), 2_500],
    ['a page by text', list(`text: "grac"`), 250],
    ['a page by actor and verb', list(`agents: [{ mbox: "${mbox}" }], verbs: ["${verb}"]`), 450],
    ['a count by actor', total(`agents: [{ mbox: "${mbox}" }]`), 250],
    ['a count by activity', total(`activities: ["${activity}"]`), 250],
    ['a count by two days', total(`timestamp: { from: "1970-02-01T00:00:00Z", to: "1970-02-03T00:00:00Z" }`), 50],
  ];

  it.each(questions)('%s reads no more than it must, and nothing of others', async (_, operation, mostRows) => {
    const nodes = await nodesFor(operation);
    const scans = nodes.filter((node) => node['Relation Name'] === 'statement_facts');
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) {
      expect(scan['Node Type']).not.toBe('Seq Scan');
      expect(scan['Index Cond'] ?? scan['Recheck Cond']).toContain('organization_id');
    }
    expect(rowsRead(nodes)).toBeLessThanOrEqual(mostRows);
  });
});
