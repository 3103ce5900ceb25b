import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { StatementPartitions } from '../../modules/lrs/statements/partitions/statement-partitions.js';
import { StatementStore } from '../../modules/lrs/statements/statement.store.js';
import { positionAt } from '../../modules/lrs/statements/stored-statement.js';
import { withClient } from '../../src/platform/database/server.js';
import { sqlDuring } from '../support/sql-count.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const DEFAULT_ORGANIZATION = '00000000-0000-7000-8000-000000000001';
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';
const YEAR = new Date().getUTCFullYear();

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const statement = (more: Json = {}): Json => minimalStatement({ id: randomUUID(), ...more });
const about = (target: Json, more: Json = {}): Json =>
  statement({ object: { objectType: 'StatementRef', id: idOf(target) }, verb: { id: 'urn:verb:about' }, ...more });
const someVerb = (): string => `urn:verb:${randomUUID()}`;
const idsBy = async (verb: string) => (await list(app, { verb })).map(idOf).sort();
const statusOf = async (one: Json, name = 'statementId') =>
  (await xapi(app, 'GET', '/statements', { query: { [name]: idOf(one) } })).status;
const owner = <Row extends object>(text: string, values: unknown[] = []) =>
  withClient(app.database.ownerUrl, async (client) => (await client.query<Row>(text, values)).rows);

describe('a search that a statement matches by what it is about', () => {
  it('finds all of a chain, in whatever order it was stored', async () => {
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
    ]) {
      const verb = someVerb();
      const chain = [statement({ verb: { id: verb } })];
      for (let link = 0; link < 3; link += 1) chain.push(about(chain[link]!));
      for (const index of order) await post(app, chain[index]);
      expect(await idsBy(verb)).toEqual(chain.map(idOf).sort());
    }
  });

  it('comes to an end when references go in a circle', async () => {
    const verb = someVerb();
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const circle = ids.map((id, index) =>
      statement({
        id,
        verb: { id: index === 0 ? verb : 'urn:verb:about' },
        object: { objectType: 'StatementRef', id: ids[(index + 1) % 3]! },
      }),
    );
    await post(app, circle);
    expect(await idsBy(verb)).toEqual([...ids].sort());
  });

  it('wants all filters to hold for one and the same statement', async () => {
    const [verb, activity] = [someVerb(), `urn:activity:${randomUUID()}`];
    const target = statement({ verb: { id: verb } });
    const referring = about(target, { context: { contextActivities: { parent: [{ id: activity }] } } });
    await post(app, [target, referring]);
    expect(await list(app, { verb, activity, related_activities: 'true' })).toEqual([]);
    expect(await list(app, { activity, related_activities: 'true' })).toHaveLength(1);
  });

  it('counts what is voided, but does not find what is voided itself', async () => {
    const verb = someVerb();
    const target = statement({ verb: { id: verb } });
    const [kept, gone] = [about(target), about(target)];
    const voidings = [target, gone].map((one) => about(one, { verb: { id: VOIDED } }));
    await post(app, [target, kept, gone, ...voidings]);
    expect(await idsBy(verb)).toEqual([kept, ...voidings].map(idOf).sort());
  });

  it('finds it at once when both were stored by writers that did not see one another', async () => {
    const verbs = Array.from({ length: 40 }, someVerb);
    const pairs = verbs.map((verb) => {
      const target = statement({ verb: { id: verb } });
      const middle = about(target);
      return [target, middle, about(middle)];
    });
    await Promise.all(pairs.flat().map((one) => post(app, one)));
    for (const [index, verb] of verbs.entries()) expect(await idsBy(verb)).toEqual(pairs[index]!.map(idOf).sort());
  }, 60_000);

  it('finds it, too, when a writer elsewhere commits what was referred to before', async () => {
    const verb = someVerb();
    const target = statement({ verb: { id: verb } });
    const writer = new pg.Client({ connectionString: app.database.serviceUrl });
    await writer.connect();
    try {
      await writer.query('BEGIN');
      await writer.query(`SELECT set_config('lectern.organization_id', $1, true)`, [DEFAULT_ORGANIZATION]);
      const { rows } = await writer.query<{ stored: string; obstacles: unknown }>(
        'SELECT * FROM begin_storing_new_statements($1, $2)',
        [DEFAULT_ORGANIZATION, [idOf(target)]],
      );
      expect(rows[0]!.obstacles).toBeNull();
      const referring = about(target);
      let acknowledged = false;
      const posting = post(app, referring).then(() => (acknowledged = true));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(acknowledged).toBe(false);
      await insertRow(writer, positionAt(Number(rows[0]!.stored)), target);
      await writer.query('COMMIT');
      await posting;
      expect(await idsBy('urn:verb:about')).toContain(idOf(referring));
      const links = await owner(
        `SELECT FROM statement_references r JOIN statement_ids i USING (organization_id, position) WHERE i.id = $1`,
        [idOf(referring)],
      );
      expect(links).toHaveLength(1);
    } finally {
      await writer.end();
    }
  });
});

/** As a writer of another process would, without its terms. */
async function insertRow(client: pg.ClientBase, position: string, one: Json): Promise<void> {
  const authority = { account: { homePage: 'http://example.com', name: 'other' } };
  await client.query(`INSERT INTO statement_ids VALUES ($1, $2, $3)`, [DEFAULT_ORGANIZATION, idOf(one), position]);
  await client.query(
    `INSERT INTO statements (organization_id, position, id, verb_key, voiding, payload) VALUES ($1, $2, $3, $4, false, $5)`,
    [DEFAULT_ORGANIZATION, position, idOf(one), randomUUID(), JSON.stringify({ ...one, authority })],
  );
}

describe('storing', () => {
  it('takes one SQL statement for what comes together, and no transaction of several', async () => {
    await post(app, statement());
    const statements = Array.from({ length: 30 }, () => statement());
    const sent = await sqlDuring(() => Promise.all(statements.map((one) => post(app, one))), /INTO statement_ids/);
    expect(sent.filter((text) => !text.includes('begin_storing_new_statements'))).toEqual([]);
    expect(sent.length).toBeLessThan(statements.length);
  });
});

describe('the time up to which a page is complete', () => {
  it('is not later than what the page sees, however long reading it takes', async () => {
    const store = app.app.get(StatementStore, { strict: false });
    const holdUp = new pg.Client({ connectionString: app.database.serviceUrl });
    await holdUp.connect();
    try {
      await holdUp.query('SELECT pg_advisory_lock(77)');
      const reading = store.read(DEFAULT_ORGANIZATION, {
        text: 'SELECT id FROM statements, pg_advisory_xact_lock_shared(77) WHERE organization_id = $1',
        values: [DEFAULT_ORGANIZATION],
      });
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()`;
      while ((await owner(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const late = statement();
      await post(app, late);
      await holdUp.query('SELECT pg_advisory_unlock(77)');
      const { completeUntil, found } = await reading;
      const { json } = await xapi(app, 'GET', '/statements', { query: { statementId: idOf(late) } });
      expect(found).not.toContainEqual({ id: idOf(late) });
      expect(completeUntil).toBeLessThanOrEqual(Date.parse(json['stored'] as string));
    } finally {
      await holdUp.end();
    }
  });
});

describe('partitions', () => {
  it('are there for this year and the next two', async () => {
    const rows = await owner<{ relname: string }>(
      `SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'statements'::regclass ORDER BY 1`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual([YEAR, YEAR + 1, YEAR + 2].map((year) => `statements_${year}`));
  });

  it('show nothing to the service past the table that they belong to, whatever organization is set', async () => {
    await post(app, statement());
    await withClient(app.database.serviceUrl, async (client) => {
      await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [DEFAULT_ORGANIZATION]);
      expect((await client.query('SELECT FROM statements LIMIT 1')).rowCount).toBe(1);
      for (const table of ['statements', 'statement_terms']) {
        // The role may have been given rights on the partition, or not: either way there is nothing to see.
        const seen = await client
          .query(`SELECT FROM ${table}_${YEAR} LIMIT 1`)
          .catch((error: { code?: string }) => error);
        expect('rowCount' in seen ? seen.rowCount : seen.code).toEqual('rowCount' in seen ? 0 : '42501');
        await expect(client.query(`DROP TABLE ${table}_${YEAR}`)).rejects.toThrow(/must be owner/);
      }
      await expect(client.query('SELECT drop_statement_partitions($1)', [YEAR + 1])).rejects.toThrow();
    });
    const other = randomUUID();
    await withClient(app.database.serviceUrl, async (client) => {
      await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [other]);
      for (const table of [
        'statement_ids',
        'statements',
        'statement_terms',
        'statement_targets',
        'statement_references',
      ]) {
        expect((await client.query(`SELECT FROM ${table}`)).rowCount).toBe(0);
      }
    });
  });

  it('of years that are over can be dropped at once: what was in them is gone, and its ids are free', async () => {
    const partitions = app.app.get(StatementPartitions, { strict: false });
    await owner('SELECT prepare_statement_partitions($1)', [YEAR - 2]);
    const old = Array.from({ length: 3 }, () => statement());
    await withClient(app.database.ownerUrl, async (client) => {
      for (const [index, one] of old.entries()) {
        await insertRow(client, positionAt(Date.UTC(YEAR - 2, 5, 1) + index), one);
      }
    });
    const [again, referring, target] = [old[0]!, about(old[1]!), statement()];
    await post(app, [referring, target]);
    expect(await statusOf(again)).toBe(200);
    expect(await partitions.dropBefore(YEAR - 1)).toEqual([`statement_terms_${YEAR - 2}`, `statements_${YEAR - 2}`]);
    expect(await Promise.all([...old, referring, target].map((one) => statusOf(one)))).toEqual([
      404, 404, 404, 200, 200,
    ]);
    expect(
      await owner('SELECT FROM statement_references WHERE target_position < first_position_of_year($1)', [YEAR]),
    ).toEqual([]);
    expect(await post(app, again)).toEqual([idOf(again)]);
    expect(await statusOf(again)).toBe(200);
    expect(await partitions.forgetDroppedIds()).toBe(2);
    expect(await partitions.forgetDroppedIds()).toBe(0);
    expect(await partitions.dropBefore(YEAR)).toEqual([`statement_terms_${YEAR - 1}`, `statements_${YEAR - 1}`]);
    expect(await statusOf(target)).toBe(200);
  });
});
