import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { withClient } from '../../src/platform/database/server.js';
import { age, allAged, Archivist, newArchivist } from '../support/retention.js';
import { minimalStatement, PlayerVoice, sessionOf, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

const DAY_MS = 86_400_000;
const YEAR = new Date().getUTCFullYear();
const LAST_YEAR = YEAR - 1;

/** Days since the middle of a year. */
const daysSince = (year: number): number => Math.floor((Date.now() - Date.UTC(year, 5, 15)) / DAY_MS);

/** Lets go of everything before this year, and of a part of it. */
const ALL = { action: 'DELETE', days: Math.max(1, Math.floor((Date.now() - Date.UTC(YEAR, 0, 1)) / DAY_MS)) };

const statement = (): Json => minimalStatement({ id: randomUUID() });

let app: TestApp;
let archivist: Archivist;
beforeEach(async () => {
  app = await createTestApp();
  archivist = new Archivist(app);
});
afterEach(() => app.close());

async function havingOld(of: Archivist, year: number, sent: readonly Json[] = [statement(), statement()]) {
  const ids = await of.send(...sent);
  await age(app.database.ownerUrl, await of.organizationId(), allAged(ids, daysSince(year)));
  return ids;
}

async function partitions(): Promise<number[]> {
  return withClient(app.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ year: number }>(
      `SELECT substring(relname FROM '\\d+$')::int AS year FROM pg_inherits JOIN pg_class ON oid = inhrelid
        WHERE inhparent = 'statements'::regclass ORDER BY 1`,
    );
    return rows.map(({ year }) => year);
  });
}

const countOf = async (of: Archivist): Promise<number> => {
  const { statementAggregate } = await of.ask<{ statementAggregate: { total: { count: number } } }>(
    '{ statementAggregate { ... on StatementAggregate { total { count } } } }',
  );
  return statementAggregate.total.count;
};

describe('a year that the rules let go of as a whole', () => {
  it('goes at once: the dry run says so, the partition is dropped, what was made of it is gone, records stand', async () => {
    const voice = new PlayerVoice(randomUUID(), 'learner');
    await havingOld(archivist, LAST_YEAR - 1, sessionOf(voice));
    await havingOld(archivist, LAST_YEAR);
    const [kept] = await archivist.send(statement());
    const before = await recordOf(voice);
    const rule = await archivist.rule(ALL);
    const preview = await archivist.preview(rule);
    expect(preview).toMatchObject({ count: sessionOf(voice).length + 2, droppedYears: [LAST_YEAR - 1, LAST_YEAR] });
    const run = await archivist.run(rule);
    expect(run).toMatchObject({ status: 'DONE', deleted: preview.count, droppedYears: [LAST_YEAR - 1, LAST_YEAR] });
    expect((await partitions())[0]).toBe(YEAR);
    expect(await countOf(archivist)).toBe(1);
    const { statements } = await archivist.ask<{ statements: { nodes: Json[] } }>('{ statements { nodes { id } } }');
    expect(statements.nodes).toEqual([{ id: kept }]);
    expect(await recordOf(voice)).toEqual(before);
    expect(before).toMatchObject({ completion: true, success: true });
    const left = await withClient(app.database.ownerUrl, async (client) => {
      const { rows } = await client.query('SELECT FROM statement_ids UNION ALL SELECT FROM statement_facts');
      return rows.length;
    });
    expect(left).toBe(2);
  });

  it('leaves what was voided in it voided, and frees the ids', async () => {
    const target = statement();
    const voiding: Json = {
      ...statement(),
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: target['id'] },
    };
    await archivist.send(target);
    await havingOld(archivist, LAST_YEAR, [voiding]);
    expect(await archivist.run(await archivist.rule(ALL))).toMatchObject({ deleted: 1, droppedYears: [LAST_YEAR] });
    const statusOf = async (name: string, id: unknown) =>
      (await xapi(app, 'GET', '/statements', { query: { [name]: id as string } })).status;
    expect(await statusOf('statementId', voiding['id'])).toBe(404);
    expect(await statusOf('voidedStatementId', target['id'])).toBe(200);
    await archivist.send(voiding);
    expect(await statusOf('statementId', voiding['id'])).toBe(200);
    expect(await statusOf('voidedStatementId', target['id'])).toBe(200);
  });

  it('goes with the statements of another organization only when its rules let go of them, too', async () => {
    const other = await newArchivist(app);
    await havingOld(archivist, LAST_YEAR);
    const theirs = await havingOld(other, LAST_YEAR);
    const rule = await archivist.rule(ALL);
    expect(await archivist.preview(rule)).toMatchObject({ count: 2, droppedYears: [] });
    expect(await archivist.run(rule)).toMatchObject({ deleted: 2, droppedYears: [] });
    expect(await partitions()).toContain(LAST_YEAR);
    expect(await countOf(other)).toBe(theirs.length);

    await havingOld(archivist, LAST_YEAR);
    const theirRule = await other.rule(ALL);
    expect(await archivist.preview(rule)).toMatchObject({ count: 2, droppedYears: [LAST_YEAR] });
    expect(await archivist.run(rule)).toMatchObject({ deleted: 2, droppedYears: [LAST_YEAR] });
    expect(await partitions()).not.toContain(LAST_YEAR);
    expect(await countOf(other)).toBe(0);
    expect(await other.history(theirRule)).toMatchObject([
      { status: 'DONE', deleted: 2, droppedYears: [LAST_YEAR], requestedBy: null },
    ]);
  });

  it.each([
    ['a rule keeps something', { action: 'KEEP', filter: { verbs: ['urn:none'] } }, ALL],
    ['the rule is about some statements only', undefined, { ...ALL, filter: { registered: false } }],
    ['the rule goes by the clock of learners', undefined, { ...ALL, days: 1, basis: 'TIMESTAMP' }],
    ['a part of the year is too young', undefined, { action: 'DELETE', days: daysSince(LAST_YEAR) - 1 }],
  ])('goes statement by statement when %s', async (_, keeping, deleting) => {
    const ids = await havingOld(archivist, LAST_YEAR, [
      { ...statement(), timestamp: '2020-01-01T00:00:00Z' },
      { ...statement(), timestamp: '2020-01-01T00:00:00Z' },
    ]);
    if (keeping) await archivist.rule(keeping);
    const rule = await archivist.rule(deleting);
    expect(await archivist.preview(rule)).toMatchObject({ count: ids.length, droppedYears: [] });
    expect(await archivist.run(rule)).toMatchObject({ status: 'DONE', deleted: ids.length, droppedYears: [] });
    expect(await partitions()).toContain(LAST_YEAR);
    expect(await countOf(archivist)).toBe(0);
  });
});

async function recordOf({ registration }: PlayerVoice): Promise<Json> {
  const { learnerRecord } = await archivist.ask<{ learnerRecord: Json }>(
    `query ($registration: ID!) { learnerRecord(registration: $registration) {
       completion success score progress startedAt lastActivityAt completedAt updatedAt answers { response correct } } }`,
    { registration },
  );
  return learnerRecord;
}
