/**
 * Random statements from many writers at once, then every combination of filters against a plain reference. `npm run model`
 * takes more statements and several values a combination.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf, list, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { Chance, RandomStatements } from './random-statements.js';
import { ReferenceLrs } from './reference-lrs.js';
import type { Query } from './reference-lrs.js';

const STATEMENTS = Number(process.env['MODEL_STATEMENTS'] ?? 800);
/** How often each combination is asked, with other values. */
const ROUNDS = Number(process.env['MODEL_ROUNDS'] ?? 1);
const WRITERS = 16;
const VERSIONS = ['1.0.3', '2.0.0'];

const chance = new Chance(process.env['MODEL_SEED'] ?? 'statements');
const random = new RandomStatements(chance);

let app: TestApp;
/** In the order of storage, without those that are voided. */
let listed: Json[];
let reference: ReferenceLrs;

beforeAll(async () => {
  app = await createTestApp();
  const ids = Array.from({ length: STATEMENTS }, () => chance.uuid());
  const never = Array.from({ length: Math.ceil(STATEMENTS / 50) }, () => chance.uuid());
  await storeFromManyWriters(batchesOf(ids, [...ids, ...never]));
  listed = await list(app, { ascending: 'true' });
  const there = new Set(listed.map(idOf));
  const voided: Json[] = [];
  for (const id of ids.filter((candidate) => !there.has(candidate))) voided.push(await voidedStatement(id));
  reference = new ReferenceLrs([...listed, ...voided]);
}, 1_200_000);
afterAll(() => app.close());

interface Batch {
  readonly version: string;
  readonly statements: readonly Json[];
}

function batchesOf(ids: readonly string[], references: readonly string[]): Batch[] {
  const batches: Batch[] = [];
  for (let taken = 0; taken < ids.length;) {
    const version = chance.oneOf(VERSIONS);
    const mine = ids.slice(taken, (taken += 1 + chance.below(chance.sometimes(0.5) ? 3 : 40)));
    batches.push({ version, statements: mine.map((id) => random.statement(id, references, version)) });
  }
  return batches;
}

async function storeFromManyWriters(batches: readonly Batch[]): Promise<void> {
  const waiting = batches.values();
  const write = async () => {
    for (const { statements, version } of waiting) {
      const headers = { 'x-experience-api-version': version };
      const answer = await xapi(app, 'POST', '/statements', { body: statements, headers });
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

async function voidedStatement(id: string): Promise<Json> {
  const { status, json } = await xapi(app, 'GET', '/statements', { query: { voidedStatementId: id } });
  if (status !== 200) throw new Error(`${id} is neither listed nor voided: ${JSON.stringify(json)}`);
  return json;
}

/** Every subset of the parameters that choose statements. */
function combinations(): string[][] {
  const names = ['agent', 'verb', 'activity', 'registration', 'related_agents', 'related_activities', 'since', 'until'];
  return Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_name, index) => (bits >> index) & 1));
}

/** A time at, just before or just after the `stored` of a statement, in any time zone. */
function someTime(): string {
  const time = Date.parse(chance.oneOf(listed)['stored'] as string) + chance.below(3) - 1;
  if (chance.sometimes(0.5)) return new Date(time).toISOString();
  return `${new Date(time + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`;
}

function queryOf(names: readonly string[]): Query {
  const isTime = (name: string) => name === 'since' || name === 'until';
  return {
    ...random.filters(names.filter((name) => !isTime(name))),
    ...Object.fromEntries(names.filter(isTime).map((name) => [name, someTime()])),
  };
}

describe('xAPI 1.0.3 Comm 2.1.3 and IEEE 9274.1.1 4.1.6.1, GET /statements', () => {
  it('without filters lists all that are not voided, once each, in the order of storage and in the reverse', async () => {
    const times = listed.map((statement) => Date.parse(statement['stored'] as string));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(new Set(listed.map(idOf)).size).toBe(listed.length);
    expect(listed.map(idOf).sort()).toEqual([...reference.find({})].sort());
    expect((await list(app, {})).map(idOf)).toEqual(listed.map(idOf).reverse());
  }, 120_000);

  it.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
    'finds with every combination of filters, both orders, page by page, what a plain search finds (round %i)',
    async () => {
      let found = 0;
      for (const names of combinations()) {
        const query = queryOf(names);
        const expected = reference.find(query);
        const ascending = listed.map(idOf).filter((id) => expected.has(id));
        const limit = String(chance.sometimes(0.3) ? 0 : 5 + chance.below(200));
        const up = (await list(app, { ...query, limit, ascending: 'true' })).map(idOf);
        expect({ query, ids: up }).toEqual({ query, ids: ascending });
        const down = (await list(app, { ...query, limit })).map(idOf);
        expect({ query, ids: down }).toEqual({ query, ids: [...ascending].reverse() });
        found += up.length;
      }
      expect(found).toBeGreaterThan(STATEMENTS);
    },
    3_600_000,
  );
});
