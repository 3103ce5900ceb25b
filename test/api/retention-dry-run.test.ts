import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { fits } from '../support/plain-insights.js';
import { World } from '../support/random-statements.js';
import { age, newArchivist } from '../support/retention.js';
import type { Archivist } from '../support/retention.js';
import { idOf, list } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

const CASES = Number(process.env['RETENTION_CASES'] ?? 6);
const STATEMENTS = 60;
const DAY_MS = 86_400_000;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

interface Rule {
  readonly action: 'DELETE' | 'KEEP';
  readonly days?: number;
  readonly basis: 'STORED' | 'TIMESTAMP';
  readonly filter?: Json;
}

const someOf = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 });

function filterOf(world: World): fc.Arbitrary<Json> {
  return fc.record(
    {
      verbs: someOf(world.verbs),
      activities: someOf(world.activities),
      relatedActivities: fc.boolean(),
      activityTypes: someOf(world.types),
      agents: someOf(world.mboxes).map((mboxes) => mboxes.map((mbox) => ({ mbox }))),
      relatedAgents: fc.boolean(),
      registrations: someOf(world.registrations),
      registered: fc.boolean(),
    },
    { requiredKeys: [] },
  );
}

function ruleOf(world: World, action: Rule['action']): fc.Arbitrary<Rule> {
  return fc.record(
    {
      action: fc.constant(action),
      days: fc.integer({ min: 1, max: 900 }),
      basis: fc.constantFrom('STORED' as const, 'STORED' as const, 'TIMESTAMP' as const),
      filter: filterOf(world),
    },
    { requiredKeys: action === 'DELETE' ? ['action', 'days', 'basis'] : ['action', 'basis', 'filter'] },
  );
}

/** What the rule says, told as plainly as possible. @param days since the statement was stored */
function isAbout({ filter = {}, basis, days, action }: Rule, statement: Json, stored: number, now: number): boolean {
  const { registered, ...rest } = filter;
  const context = statement['context'] as Json | undefined;
  if (registered !== undefined && (context?.['registration'] !== undefined) !== registered) return false;
  if (!fits(statement, rest)) return false;
  if (days === undefined) return true;
  // It was sent a moment before it was made so many days older.
  const isOld =
    basis === 'STORED' ? stored >= days : Date.parse(statement['timestamp'] as string) < now - days * DAY_MS;
  return action === 'KEEP' ? !isOld : isOld && (basis === 'STORED' || stored >= 1);
}

async function idsLeft({ key }: Archivist): Promise<string[]> {
  return (await list({ ...app, adminKey: key }, { limit: '500' })).map(idOf).sort();
}

describe('a dry run', () => {
  it.each(Array.from({ length: CASES }, (_, index) => index))(
    'tells exactly what a run deletes, and both are what the rules say (%i)',
    async (index) => {
      const world = new World();
      const [sent] = fc.sample(fc.array(world.statement(), { minLength: STATEMENTS, maxLength: STATEMENTS }), {
        numRuns: 1,
        seed: 100 + index,
      });
      const [ages] = fc.sample(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: STATEMENTS, maxLength: STATEMENTS }),
        {
          numRuns: 1,
          seed: 200 + index,
        },
      );
      const deleting = fc.sample(ruleOf(world, 'DELETE'), { numRuns: 3, seed: 300 + index });
      const keeping = fc.sample(ruleOf(world, 'KEEP'), { numRuns: index % 3, seed: 400 + index });
      const archivist = await newArchivist(app);
      const neighbour = await newArchivist(app);
      await archivist.send(...sent!);
      const theirs = sent!.map((one) => ({ ...one, id: undefined }));
      const theirIds = await neighbour.send(...theirs);
      const days = new Map(sent!.map((one, nth) => [idOf(one), ages![nth]!]));
      await age(app.database.ownerUrl, await archivist.organizationId(), days);
      for (const rule of keeping) await archivist.rule({ ...rule });

      let left = sent!;
      const now = Date.now();
      for (const rule of [...deleting, { action: 'DELETE', days: 500, basis: 'STORED' } as const]) {
        const goes = (one: Json) =>
          isAbout(rule, one, days.get(idOf(one))!, now) &&
          !keeping.some((other) => isAbout(other, one, days.get(idOf(one))!, now));
        const expected = left.filter(goes).map(idOf).sort();
        const id = await archivist.rule({ ...rule });
        const preview = await archivist.preview(id);
        expect(preview).toMatchObject({ count: expected.length, waiting: 0 });
        expect(preview.verbs.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
        expect(preview.years.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
        expect(preview.statementIds.filter((one) => !expected.includes(one))).toEqual([]);
        const run = await archivist.run(id);
        expect(run).toMatchObject({ status: 'DONE', deleted: expected.length, expected: expected.length, error: null });
        left = left.filter((one) => !goes(one));
        expect(await idsLeft(archivist)).toEqual(left.map(idOf).sort());
        expect(await archivist.preview(id)).toMatchObject({ count: 0 });
      }
      expect(left.length).toBeLessThan(sent!.length);
      const { statementAggregate } = await archivist.ask<{ statementAggregate: Json }>(
        '{ statementAggregate { ... on StatementAggregate { total { count } } } }',
      );
      expect(statementAggregate).toEqual({ total: { count: left.length } });
      expect(await idsLeft(neighbour)).toEqual([...theirIds].sort());
    },
  );
});
