import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RetentionNights } from '../../modules/retention/runs/retention-nights.js';
import { withClient } from '../../src/platform/database/server.js';
import { PipeWorkshop, Plumber, statement, statements, to, until, voidingOf } from '../support/pipes.js';
import { age, allAged, Archivist, newArchivist } from '../support/retention.js';
import { idOf, list, xapi } from '../support/statements.js';
import type { RunShown } from '../support/retention.js';
import type { Json } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

let app: TestApp;
let workshop: PipeWorkshop;
beforeAll(async () => {
  workshop = await PipeWorkshop.open();
  ({ app } = workshop);
});
afterEach(() => workshop.tidy());
afterAll(() => workshop.close());

const OLD = { action: 'DELETE', days: 30 };
const verbOf = (verb: string, more: Json = {}): Json => statement({ verb: { id: verb }, ...more });

/** An organization with statements that are so old. */
async function having(sent: readonly Json[], days = 40): Promise<{ archivist: Archivist; ids: string[] }> {
  const archivist = await newArchivist(app);
  const ids = await archivist.send(...sent);
  await ageAll(archivist, ids, days);
  return { archivist, ids };
}

const ageAll = async (archivist: Archivist, ids: readonly string[], days: number) =>
  age(app.database.ownerUrl, await archivist.organizationId(), allAged(ids, days));

const statusOf = async ({ key }: Archivist, id: string, name = 'statementId') =>
  (await xapi(app, 'GET', '/statements', { query: { [name]: id }, key })).status;

const statusesOf = (archivist: Archivist, ids: readonly string[]) =>
  Promise.all(ids.map((id) => statusOf(archivist, id)));

describe('rules', () => {
  it('are created, read, changed and deleted, with the revision that was read', async () => {
    const archivist = await newArchivist(app);
    const filter = {
      verbs: ['http://example.com/verbs/tried'],
      agents: [{ mbox: 'mailto:a@example.com' }],
      registered: true,
    };
    const made = await archivist.create({ ...OLD, name: 'Tries', filter });
    expect(made).toMatchObject({ name: 'Tries', revision: 1, kind: 'STATEMENTS', action: 'DELETE', days: 30 });
    expect(made).toMatchObject({ basis: 'STORED', enabled: true, filter: { ...filter, activities: null } });
    const id = made['id'] as string;
    const changed = await archivist.update({ id, expectedRevision: 1, action: 'KEEP', name: 'Kept', enabled: false });
    expect(changed).toMatchObject({ revision: 2, action: 'KEEP', days: null, enabled: false, filter: { verbs: null } });
    expect(await archivist.update({ id, expectedRevision: 1, ...OLD })).toMatchObject({ code: 'REVISION_CONFLICT' });
    const query = '{ retentionRules(first: 1) { nodes { id } totalCount pageInfo { hasNextPage } } }';
    expect(await archivist.ask(query)).toEqual({
      retentionRules: { nodes: [{ id }], totalCount: 1, pageInfo: { hasNextPage: false } },
    });
    expect(await archivist.delete(id)).toEqual({ code: 'REVISION_CONFLICT' });
    expect(await archivist.delete(id, 2)).toEqual({ deletedId: id });
    expect(await archivist.delete(id, 2)).toEqual({ code: 'NOT_FOUND' });
  });

  it.each([
    [{ action: 'DELETE' }, 'REQUIRED', ['days']],
    [{ ...OLD, kind: 'STATE_DOCUMENTS', basis: 'TIMESTAMP' }, 'NOT_ALLOWED', ['basis']],
    [{ ...OLD, kind: 'STATE_DOCUMENTS', filter: { verbs: ['urn:a'] } }, 'NOT_ALLOWED', ['filter', 'verbs']],
  ])('are refused when they make no sense: %j', async (rule, code, path) => {
    const archivist = new Archivist(app);
    expect(await archivist.create(rule)).toMatchObject({ code: 'VALIDATION_FAILED', problems: [{ code, path }] });
    expect(await archivist.preview(rule)).toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('are for administrators only', async () => {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "Reads", scopes: [RECORDS_READ, ALL] }) {
         ... on CreateApiKeySuccess { credentials } } }`,
    );
    const operations = [
      '{ retentionRules { totalCount } }',
      `{ retentionRule(id: "${randomUUID()}") { id } }`,
      `{ retentionPreview(input: { ruleId: "${randomUUID()}" }) { __typename } }`,
      '{ retentionRuns { totalCount } }',
      `mutation { createRetentionRule(input: { name: "A", action: KEEP }) { __typename } }`,
      `mutation { startRetentionRun(ruleId: "${randomUUID()}") { __typename } }`,
      `mutation { cancelRetentionRun(id: "${randomUUID()}") { __typename } }`,
    ];
    for (const operation of operations) {
      const { errors } = await app.graphql(operation, {}, data.createApiKey.credentials);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('a run', () => {
  it('deletes what the rule is about, and nothing else, and is in the history', async () => {
    const [left, right] = ['urn:verb:left', 'urn:verb:right'];
    const { archivist, ids } = await having([verbOf(left), verbOf(right), verbOf(left)]);
    const [young] = await archivist.send(verbOf(left));
    const rule = await archivist.rule({ ...OLD, name: 'Left', filter: { verbs: [left] } });
    const run = await archivist.run(rule);
    expect(run).toMatchObject({ status: 'DONE', progress: 100, deleted: 2, expected: 2, waitsFor: [], error: null });
    expect(run.requestedBy).toEqual(expect.any(String));
    expect(run.rule).toEqual({ name: 'Left', days: 30 });
    expect(await statusesOf(archivist, [...ids, young!])).toEqual([404, 200, 404, 200]);
    expect(await archivist.history(rule)).toEqual([run]);
    expect(await archivist.history(randomUUID())).toEqual([]);
  });

  it('never touches what a rule keeps, also one that is made while it runs', async () => {
    const [left, right] = ['urn:verb:left', 'urn:verb:right'];
    const { archivist, ids } = await having([
      ...Array.from({ length: 5 }, () => verbOf(right)),
      ...Array.from({ length: 700 }, () => verbOf(left)),
    ]);
    await archivist.rule({ action: 'KEEP', filter: { verbs: [right] } });
    const rule = await archivist.rule(OLD);
    expect(await archivist.preview(rule)).toMatchObject({ count: 700 });
    const { run } = await beforeTheFirstBatchEnds(archivist, rule, () =>
      archivist.rule({ action: 'KEEP', name: 'A hold' }),
    );
    // The batch that was under way when the hold was asked for, and no other.
    expect(run).toMatchObject({ status: 'DONE', expected: 700, deleted: 500 });
    expect(await countOf(archivist)).toBe(205);
    expect(await statusesOf(archivist, ids.slice(0, 5))).toEqual([200, 200, 200, 200, 200]);
  });

  it('keeps for as long as a rule says, not for ever', async () => {
    const { archivist, ids } = await having([statement(), statement()], 40);
    await ageAll(archivist, ids.slice(0, 1), 60);
    await archivist.rule({ action: 'KEEP', days: 90 });
    const rule = await archivist.rule(OLD);
    expect((await archivist.run(rule)).deleted).toBe(1);
    expect(await statusesOf(archivist, ids)).toEqual([404, 200]);
  });

  it('leaves what was voided by a deleted statement voided, and frees the id', async () => {
    const { archivist, ids } = await having([statement({ verb: { id: 'urn:verb:other' } })], 5);
    const [target] = ids;
    const voiding = voidingOf(target!);
    await archivist.send(voiding);
    await ageAll(archivist, [idOf(voiding)], 40);
    expect(await statusOf(archivist, target!, 'voidedStatementId')).toBe(200);
    const rule = await archivist.rule(OLD);
    expect((await archivist.run(rule)).deleted).toBe(1);
    expect(await statusOf(archivist, idOf(voiding))).toBe(404);
    expect(await statusOf(archivist, target!)).toBe(404);
    expect(await statusOf(archivist, target!, 'voidedStatementId')).toBe(200);
    await archivist.send(voiding);
    expect(await statusOf(archivist, idOf(voiding))).toBe(200);
  });

  it('deletes voided statements, too', async () => {
    const target = statement();
    const { archivist } = await having([target, voidingOf(idOf(target))]);
    const rule = await archivist.rule(OLD);
    expect(await archivist.preview(rule)).toMatchObject({ count: 2 });
    expect((await archivist.run(rule)).deleted).toBe(2);
    expect(await statusOf(archivist, idOf(target), 'voidedStatementId')).toBe(404);
  });

  it('takes the chain of references apart where a link is missing', async () => {
    const verb = `urn:verb:${randomUUID()}`;
    const about = (other: Json) =>
      statement({ verb: { id: 'urn:verb:about' }, object: { objectType: 'StatementRef', id: idOf(other) } });
    const target = verbOf(verb);
    const middle = about(target);
    const outer = about(middle);
    const { archivist, ids } = await having([target, middle, outer], 5);
    const found = async () => (await idsBy(archivist, { verb })).sort();
    expect(await found()).toEqual([...ids].sort());
    await ageAll(archivist, [idOf(middle)], 40);
    await archivist.run(await archivist.rule(OLD));
    expect(await found()).toEqual([idOf(target)]);
    expect(await idsBy(archivist, { verb: 'urn:verb:about' })).toEqual([idOf(outer)]);
  });

  it('leaves `more` links and the order of pages as they are', async () => {
    const { archivist, ids } = await having(statements(9), 5);
    await ageAll(archivist, ids.slice(3, 6), 40);
    const first = await xapi(app, 'GET', '/statements', { query: { limit: '3' }, key: archivist.key });
    const more = first.json['more'] as string;
    await archivist.run(await archivist.rule(OLD));
    const seen = [...(first.json['statements'] as Json[])];
    for (let link = more; link !== '';) {
      const { json } = await xapi(app, 'GET', '/statements', {
        query: link.slice(link.indexOf('?') + 1),
        key: archivist.key,
      });
      seen.push(...(json['statements'] as Json[]));
      link = json['more'] as string;
    }
    expect(seen.map(idOf)).toEqual([...ids.slice(6).reverse(), ...ids.slice(0, 3).reverse()]);
  });

  it('does not begin for a rule that keeps, or is not enabled, or while another one is under way', async () => {
    const { archivist } = await having(statements(3));
    const keeping = await archivist.rule({ action: 'KEEP', enabled: false });
    const disabled = await archivist.rule({ ...OLD, enabled: false });
    for (const rule of [keeping, disabled]) expect(await archivist.start(rule)).toMatchObject({ code: 'CONFLICT' });
    expect(await archivist.start(randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await countOf(archivist)).toBe(3);
    const rule = await archivist.rule(OLD);
    const { result } = await beforeTheFirstBatchEnds(archivist, rule, () => archivist.start(rule));
    expect(result).toMatchObject({ code: 'CONFLICT' });
  });

  it('ends when its rule is changed meanwhile', async () => {
    const { archivist } = await having(statements(1_200));
    const rule = await archivist.rule(OLD);
    const { run } = await beforeTheFirstBatchEnds(archivist, rule, () =>
      archivist.update({ id: rule, expectedRevision: 1, ...OLD, days: 39 }),
    );
    expect(run).toMatchObject({ status: 'CANCELLED', deleted: 500, rule: { days: 30 } });
    expect(run.error).toMatch(/changed/);
    expect(await countOf(archivist)).toBe(700);
  });

  it('can be stopped', async () => {
    const { archivist } = await having(statements(600));
    const rule = await archivist.rule(OLD);
    const { run, result } = await beforeTheFirstBatchEnds(archivist, rule, async (id) => archivist.cancel(id));
    expect(result).toMatchObject({ status: 'CANCELLED' });
    expect(await archivist.cancel(run.id)).toMatchObject({ status: 'CANCELLED' });
    expect(await countOf(archivist)).toBe(600);
  });

  it('is started each night for each rule that deletes', async () => {
    const { archivist, ids } = await having(statements(2));
    const rule = await archivist.rule(OLD);
    await archivist.rule({ ...OLD, enabled: false });
    await archivist.rule({ action: 'KEEP', filter: { verbs: ['urn:none'] } });
    const organizationId = await archivist.organizationId();
    const waiting = () =>
      withClient(app.database.ownerUrl, async (client) => {
        const { rows } = await client.query<{ run_at: Date }>(
          'SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1 AND run_at > now()',
          [`retention.night:${organizationId}`],
        );
        return rows.map(({ run_at }) => run_at);
      });
    const [asked] = await waiting();
    expect(asked!.getTime()).toBeLessThanOrEqual(Date.now() + 86_400_000);
    expect([1, 2]).toContain(asked!.getUTCHours());
    await app.app.get(RetentionNights, { strict: false }).handle({ organizationId });
    await until(async () => (await archivist.history()).every(({ status }) => status === 'DONE'));
    expect(await archivist.history()).toMatchObject([{ deleted: 2, requestedBy: null }]);
    expect((await archivist.history(rule)).length).toBe(1);
    expect(await statusesOf(archivist, ids)).toEqual([404, 404]);
    expect(await waiting()).toHaveLength(1);
  });
});

describe('what is needed yet', () => {
  it('stays until a pipe has looked at it, and the dry run says so', async () => {
    const target = await workshop.targetLrs();
    const { archivist, ids } = await having(statements(4));
    const pipes = new Plumber(app, archivist.key);
    const { id } = await pipes.lay({ ...to(target), name: 'To the warehouse', paused: true });
    const rule = await archivist.rule(OLD);
    const waitsFor = ['The pipe "To the warehouse" has yet to look at statements.'];
    expect(await archivist.preview(rule)).toMatchObject({ count: 0, waiting: 4, waitsFor });
    expect(await archivist.run(rule)).toMatchObject({ status: 'DONE', deleted: 0, waitsFor });
    await pipes.mutate('resumePipe', { id }, 'pipe { id }');
    await pipes.until(id, ({ delivered }) => delivered === 4);
    expect(await archivist.preview(rule)).toMatchObject({ count: 4, waiting: 0, waitsFor: [] });
    expect((await archivist.run(rule)).deleted).toBe(4);
    expect(target.ids).toEqual(ids);
  });

  it('stays while it is a dead letter', async () => {
    const { archivist, ids } = await having(statements(3));
    const pipes = new Plumber(app, archivist.key);
    const target = await workshop.targetLrs();
    const { id } = await pipes.lay({ ...to(target), start: 'NOW', name: 'Picky' });
    const organizationId = await archivist.organizationId();
    await withClient(app.database.ownerUrl, (client) =>
      client.query(
        `INSERT INTO pipe_dead_letters (organization_id, pipe_id, position, statement_id, reason, answer)
         SELECT $1, $2, position, id, 'REFUSED', 'no' FROM statement_ids WHERE organization_id = $1 AND id = $3`,
        [organizationId, id, ids[1]],
      ),
    );
    const rule = await archivist.rule(OLD);
    const waitsFor = ['The pipe "Picky" has dead letters.'];
    expect(await archivist.preview(rule)).toMatchObject({ count: 2, waiting: 1, waitsFor });
    expect(await archivist.run(rule)).toMatchObject({ deleted: 2, waitsFor });
    expect(await statusesOf(archivist, ids)).toEqual([404, 200, 404]);
    await pipes.mutate('skipPipeDeadLetters', { input: { pipeId: id } }, '__typename');
    expect((await archivist.run(rule)).deleted).toBe(1);
  });
});

describe('rules about State documents', () => {
  const put = async (archivist: Archivist, activityId: string, stateId: string, days: number) => {
    const query = { activityId, agent: JSON.stringify({ mbox: 'mailto:learner@example.com' }), stateId };
    await xapi(app, 'PUT', '/activities/state', { query, body: { at: stateId }, key: archivist.key });
    const organizationId = await archivist.organizationId();
    await withClient(app.database.ownerUrl, (client) =>
      client.query(
        `UPDATE documents SET updated = now() - make_interval(days => $3) WHERE organization_id = $1 AND id::text = $2`,
        [organizationId, JSON.stringify(stateId), days],
      ),
    );
    return async () => (await xapi(app, 'GET', '/activities/state', { query, key: archivist.key })).status;
  };

  it('delete the old ones, but neither what is kept nor profiles nor statements', async () => {
    const { archivist, ids } = await having(statements(1), 90);
    const [one, other] = ['urn:activity:one', 'urn:activity:other'];
    const old = await put(archivist, one, 'old', 40);
    const young = await put(archivist, one, 'young', 20);
    const held = await put(archivist, other, 'held', 40);
    const profile = { activityId: one, profileId: 'settings' };
    await xapi(app, 'PUT', '/activities/profile', {
      query: profile,
      body: {},
      headers: { 'if-none-match': '*' },
      key: archivist.key,
    });
    await withClient(app.database.ownerUrl, (client) =>
      client.query(`UPDATE documents SET updated = now() - interval '99 days' WHERE id::text = '"settings"'`),
    );
    await archivist.rule({ action: 'KEEP', kind: 'STATE_DOCUMENTS', filter: { activities: [other] } });
    const rule = await archivist.rule({ ...OLD, kind: 'STATE_DOCUMENTS' });
    const preview = await archivist.preview(rule);
    expect(preview).toMatchObject({ count: 1, verbs: [], droppedYears: [], waiting: 0 });
    expect(preview.oldest).toBe(preview.newest);
    expect(await archivist.run(rule)).toMatchObject({ status: 'DONE', deleted: 1, expected: 1 });
    expect([await old(), await young(), await held()]).toEqual([404, 200, 200]);
    expect((await xapi(app, 'GET', '/activities/profile', { query: profile, key: archivist.key })).status).toBe(200);
    expect(await statusesOf(archivist, ids)).toEqual([200]);
  });
});

/** Starts a run, does something while its first batch waits, and lets it go on. */
async function beforeTheFirstBatchEnds<T>(
  archivist: Archivist,
  rule: string,
  work: (runId: string) => Promise<T>,
): Promise<{ run: RunShown; result: T }> {
  const organizationId = await archivist.organizationId();
  const { id, result } = await withClient(app.database.ownerUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(21334, hashtext($1))', [organizationId]);
    const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 21334 AND NOT granted`;
    const waiters = async () => (await client.query(waiting)).rowCount;
    const { id } = await archivist.start(rule);
    await until(async () => (await waiters()) === 1);
    let isDone = false;
    const working = work(id).finally(() => (isDone = true));
    await until(async () => isDone || (await waiters()) === 2);
    await client.query('SELECT pg_advisory_unlock(21334, hashtext($1))', [organizationId]);
    return { id, result: await working };
  });
  return { run: await archivist.until(id), result };
}

async function countOf(archivist: Archivist): Promise<number> {
  return (await idsBy(archivist, {})).length;
}

async function idsBy({ key }: Archivist, query: Readonly<Record<string, string>>): Promise<string[]> {
  return (await list({ ...app, adminKey: key }, query)).map(idOf);
}
