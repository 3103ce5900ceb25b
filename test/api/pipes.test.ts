import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { withClient } from '../../src/platform/database/server.js';
import {
  AUTH,
  AUTHORIZATION,
  caughtUp,
  PipeWorkshop,
  Plumber,
  SECRET,
  statement,
  statements,
  to,
  until,
  voidingOf,
} from '../support/pipes.js';
import { idOf, list, minimalStatement, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(60_000);

describe('pipes', () => {
  let app: TestApp;
  let workshop: PipeWorkshop;

  beforeAll(async () => {
    workshop = await PipeWorkshop.open();
    ({ app } = workshop);
  });
  afterEach(() => workshop.tidy());
  afterAll(() => workshop.close());

  const targetLrs = (version?: string) => workshop.targetLrs(version);
  const organization = () => workshop.organization();

  describe('deliver', () => {
    it('what was there and what comes, once and in the order of storage, in batches', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const before = await send(...statements(5));
      const { id } = await pipes.lay({ ...to(target), batchSize: 2 });
      await pipes.until(id, ({ delivered }) => delivered === 5);
      const after = [...(await send(...statements(2))), ...(await send(statement()))];
      const { status } = await pipes.until(id, ({ delivered }) => delivered === 8);
      expect(target.ids).toEqual([...before, ...after]);
      expect(Math.max(...target.requests.map((request) => request.statements.length))).toBe(2);
      expect(target.atOnce).toBe(1);
      expect(status).toMatchObject({ state: 'CAUGHT_UP', lagStatements: 0, lagSeconds: 0, deadLetters: 0 });
      expect(status).toMatchObject({ consecutiveFailures: 0, lastError: null, nextAttemptAt: null });
    });

    it('the text that was sent, without what the target sets', async () => {
      const [target, { key, pipes }] = [await targetLrs(), await organization()];
      const id = randomUUID();
      const exact = `{"actor":{"mbox":"mailto:a@example.com"},"verb":{"id":"http://example.com/did"},"id":"${id}",
        "object":{"id":"http://example.com/a"},"result":{"score":{"raw":1.50e1},"extensions":{"http://e.com/x":0.10}},
        "timestamp":"2026-01-01T00:00:00.000Z","version":"1.0.3"}`;
      await xapi(app, 'POST', '/statements', { body: exact, key });
      const { id: pipeId } = await pipes.lay(to(target));
      await pipes.until(pipeId, ({ delivered }) => delivered === 1);
      expect(target.stored).toEqual([JSON.parse(exact)]);
      const { headers } = target.requests[0]!;
      expect(headers['x-experience-api-version']).toBe('1.0.3');
      expect(headers['content-type']).toBe('application/json');
    });

    it('the authority, too, where the target is to keep it', async () => {
      const [target, { key, pipes, send }] = [await targetLrs('2.0.0'), await organization()];
      await send(statement());
      const { id } = await pipes.lay(to(target, { version: 'V2_0_0', keepAuthority: true }));
      await pipes.until(id, ({ delivered }) => delivered === 1);
      expect(target.stored[0]!['authority']).toMatchObject({ account: { name: key.split(':')[0] } });
      expect(target.stored[0]).not.toHaveProperty('stored');
    });

    it('from now on, or from a time, when they are told to', async () => {
      const { pipes, send } = await organization();
      await send(...statements(2));
      const [fromNow, fromThen] = [await targetLrs(), await targetLrs()];
      const now = await pipes.lay({ ...to(fromNow), start: 'NOW' });
      const then = await pipes.lay({ ...to(fromThen), start: undefined, startTime: new Date(Date.now() + 3_600_000) });
      const [later] = await send(statement());
      await pipes.until(now.id, ({ delivered }) => delivered === 1);
      expect(fromNow.ids).toEqual([later]);
      expect(await pipes.look(then.id)).toMatchObject({ status: { delivered: 0, state: 'CAUGHT_UP' } });
    });

    it('to another organization of the same service, and back, without going round for ever', async () => {
      const [one, other] = [await organization(), await organization()];
      const endpoint = `${app.url}/xapi`;
      const auth = (key: string) => ({ basic: { username: key.split(':')[0], password: key.split(':')[1] } });
      const there = await one.pipes.lay({ target: { xapi: { endpoint, auth: auth(other.key) } } });
      const back = await other.pipes.lay({ target: { xapi: { endpoint, auth: auth(one.key) } } });
      const sent = [...(await one.send(...statements(3))), ...(await other.send(...statements(2)))];
      await one.pipes.until(there.id, (status) => status.delivered === 5 && caughtUp(status));
      await other.pipes.until(back.id, (status) => status.delivered === 5 && caughtUp(status));
      for (const { key } of [one, other]) {
        const found = await xapi(app, 'GET', '/statements', { key });
        expect((found.json['statements'] as Json[]).map(idOf).sort()).toEqual([...sent].sort());
      }
      expect(await one.pipes.look(there.id)).toMatchObject({ status: { delivered: 5, lagStatements: 0 } });
    });

    it('voided statements and those that void them', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const [voided] = await send(statement());
      const [voiding] = await send(voidingOf(voided!));
      const { id } = await pipes.lay(to(target));
      await pipes.until(id, ({ delivered }) => delivered === 2);
      expect(target.ids).toEqual([voided, voiding]);
    });
  });

  describe('set aside', () => {
    it('what the target refuses, and go on with the others, in order', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const all = statements(9);
      const bad = [all[2]!, all[7]!].map(idOf);
      target.mishap = (batch) =>
        batch.some((one) => bad.includes(idOf(one))) ? { status: 400, body: `no: ${'x'.repeat(5_000)}` } : undefined;
      await send(...all);
      const { id } = await pipes.lay(to(target));
      await pipes.until(id, ({ delivered }) => delivered === 7);
      await pipes.until(id, caughtUp);
      expect(target.ids).toEqual(all.map(idOf).filter((each) => !bad.includes(each)));
      const letters = await pipes.deadLetters(id);
      expect(letters.map(({ statementId }) => statementId)).toEqual(bad);
      expect(letters[0]).toMatchObject({ reason: 'REFUSED', status: 400, attempts: 1, retrying: false });
      expect((letters[0]!['answer'] as string).length).toBeLessThanOrEqual(2_000);
    });

    it('until they are tried again, all or some, or given up', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const all = statements(4);
      const good = new Set([idOf(all[0]!)]);
      target.mishap = (batch) => (batch.every((one) => good.has(idOf(one))) ? undefined : { status: 400, body: 'no' });
      const ids = await send(...all);
      const { id } = await pipes.lay(to(target));
      await pipes.until(id, ({ deadLetters }) => deadLetters === 3);
      const choose = (name: string, statementIds?: string[]) =>
        pipes.mutate(name, { input: { pipeId: id, statementIds } }, 'count');

      expect(await choose('retryPipeDeadLetters', [ids[1]!])).toEqual({ count: 1 });
      await until(async () => (await pipes.deadLetters(id))[0]!['attempts'] === 2);
      good.add(ids[1]!).add(ids[2]!);
      expect(await choose('retryPipeDeadLetters')).toEqual({ count: 3 });
      await pipes.until(id, ({ deadLetters }) => deadLetters === 1);
      expect(target.ids).toEqual(ids.slice(0, 3));
      expect(await choose('skipPipeDeadLetters', [ids[3]!])).toEqual({ count: 1 });
      expect(await pipes.deadLetters(id)).toEqual([]);
    });

    it('what has the id of another statement at the target, and not what the target has already', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const [same, different, fresh] = [statement(), statement(), statement()];
      // The same statement, which this target tells apart by its text.
      target.stored.push({ ...same, stored: '2020-01-01T00:00:00Z' });
      target.stored.push(minimalStatement({ id: idOf(different), verb: { id: 'http://example.com/other' } }));
      await send(same, different, fresh);
      const { id } = await pipes.lay(to(target));
      await pipes.until(id, caughtUp);
      expect(await pipes.deadLetters(id)).toMatchObject([
        { statementId: idOf(different), reason: 'CONFLICT', status: 409 },
      ]);
      expect(await pipes.look(id)).toMatchObject({ status: { delivered: 2 } });
      expect(target.ids.at(-1)).toBe(idOf(fresh));
    });

    it('what is too large alone; smaller batches go through', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const all = statements(6);
      const large = idOf(all[3]!);
      target.mishap = (batch) =>
        batch.length > 2 || batch.some((one) => idOf(one) === large) ? { status: 413, body: 'too much' } : undefined;
      await send(...all);
      const { id } = await pipes.lay(to(target));
      await pipes.until(id, caughtUp);
      expect(target.ids).toEqual(all.map(idOf).filter((each) => each !== large));
      expect(await pipes.deadLetters(id)).toMatchObject([{ statementId: large, reason: 'TOO_LARGE', status: 413 }]);
    });

    it('slowly, when the target takes nothing at all', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      target.mishap = () => ({ status: 400, body: 'this version is not spoken here' });
      await send(...statements(2));
      const { id } = await pipes.lay({ ...to(target), batchSize: 1 });
      const { status } = await pipes.until(id, ({ deadLetters }) => deadLetters === 2);
      expect(status).toMatchObject({ state: 'FAILING', lastError: expect.stringContaining('every statement') });
    });
  });

  describe('keep secrets', () => {
    it('out of answers, errors, logs and the database, even when the target says them again', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      target.mishap = (_, { headers }) => ({ status: 500, body: `You sent ${headers.authorization} and ${SECRET}` });
      await send(statement());
      const { id } = await pipes.lay(to(target));
      const shown = await pipes.until(id, ({ lastError }) => lastError !== null);
      expect(shown.status.lastError).toContain('500 Internal Server Error: You sent Basic *** and ***');
      expect(shown.target).toMatchObject({ auth: { kind: 'BASIC', username: 'forwarder' } });
      const dump = await withClient(app.database.ownerUrl, async (client) => {
        const { rows } = await client.query<{ text: string }>(
          `SELECT (SELECT json_agg(p)::text FROM pipes p) || (SELECT json_agg(g)::text FROM pipe_progress g)
               || (SELECT json_agg(j)::text FROM graphile_worker._private_jobs j) AS text`,
        );
        return rows[0]!.text;
      });
      expect(dump).toContain('forwarder');
      for (const text of [JSON.stringify(shown), app.logs(), dump]) {
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(AUTHORIZATION.slice('Basic '.length));
      }
    });

    it('from whoever changes the address: another server needs the credential given anew', async () => {
      const [target, { pipes }] = [await targetLrs(), await organization()];
      const { id } = await pipes.lay({ ...to(target), paused: true });
      const change = (endpoint: string, more: Json = {}, expectedRevision = 1) =>
        pipes.mutate(
          'updatePipe',
          { input: { id, expectedRevision, name: 'Changed', target: { xapi: { endpoint, ...more } } } },
          'pipe { revision }',
        );
      expect(await change('http://127.0.0.1:9/lrs')).toMatchObject({
        code: 'VALIDATION_FAILED',
        path: [],
        message: 'A target on another server needs its credential given anew.',
      });
      expect(await change(`${target.endpoint}/elsewhere/`)).toEqual({ pipe: { revision: 2 } });
      expect(await change('http://127.0.0.1:9/lrs', { auth: AUTH }, 2)).toEqual({ pipe: { revision: 3 } });
      expect(await change(target.endpoint, {}, 1)).toMatchObject({ code: 'REVISION_CONFLICT' });
    });
  });

  it('are paused, resumed, set back and deleted', async () => {
    const [target, { pipes, send }] = [await targetLrs(), await organization()];
    const { id } = await pipes.lay(to(target));
    const [first] = await send(statement());
    await pipes.until(id, ({ delivered }) => delivered === 1);
    const paused = await pipes.mutate('pausePipe', { id }, 'pipe { revision paused status { state } }');
    expect(paused).toEqual({ pipe: { revision: 2, paused: true, status: { state: 'PAUSED' } } });
    const [second] = await send(statement());
    const { status } = await pipes.until(id, ({ lagStatements }) => lagStatements === 1);
    expect(status.lagSeconds).toBeGreaterThan(0);
    expect(target.ids).toEqual([first]);
    await pipes.mutate('resumePipe', { id }, 'pipe { id }');
    await pipes.until(id, ({ delivered }) => delivered === 2);
    await pipes.mutate('replayPipe', { input: { id, since: new Date(0) } }, 'pipe { id }');
    await pipes.until(id, ({ delivered }) => delivered === 4);
    expect(target.ids).toEqual([first, second]);
    expect(await pipes.mutate('deletePipe', { input: { id, expectedRevision: 3 } }, 'deletedId')).toEqual({
      deletedId: id,
    });
    expect(await pipes.look(id)).toBeNull();
  });

  it('are created once for an idempotency key, and listed by those who may', async () => {
    const [target, { pipes, key }] = [await targetLrs(), await organization()];
    const input = { ...to(target), idempotencyKey: 'once', paused: true };
    const [one, again] = [await pipes.lay(input), await pipes.lay(input)];
    expect(again.id).toBe(one.id);
    const ask = (by: string) =>
      app.graphql<{ pipes: Json }>('{ pipes { totalCount nodes { id status { state } } } }', {}, by);
    const { data } = await ask(key);
    expect(data.pipes).toEqual({ totalCount: 1, nodes: [{ id: one.id, status: { state: 'PAUSED' } }] });
    expect((await ask(app.adminKey)).data.pipes['totalCount']).toBe(0);
    const made = await new Plumber(app, key).mutate(
      'createApiKey',
      { input: { name: 'Reader', scopes: ['RECORDS_READ'] } },
      'credentials',
    );
    const { errors } = await ask(made['credentials'] as string);
    expect(errors![0]!.extensions!['code']).toBe('FORBIDDEN');
  });

  it.each([
    ['ftp://lrs.example.com', 'It must be an https or http address.'],
    ['https://user:secret@lrs.example.com', 'Credentials do not belong into an address.'],
    ['https://lrs.example.com/xapi?token=1', 'The base address of an LRS has no query and no fragment.'],
    ['nonsense', 'It is no URL.'],
  ])('do not lead to %s', async (endpoint, message) => {
    const input = { name: 'Wrong', target: { xapi: { endpoint, auth: AUTH } } };
    const refused = await new Plumber(app).mutate('createPipe', { input }, 'pipe { id }');
    expect(refused).toMatchObject({ code: 'VALIDATION_FAILED', message });
  });

  it('are measured by their ids', async () => {
    const [target, { pipes, send }] = [await targetLrs(), await organization()];
    const { id } = await pipes.lay(to(target));
    await send(...statements(3));
    await pipes.until(id, ({ delivered }) => delivered === 3);
    const metric = async (name: string) => {
      const found = new RegExp(`^lectern_pipe_${name}\\{pipe="${id}"\\} (\\S+)$`, 'm').exec(await metrics());
      return found ? Number(found[1]) : undefined;
    };
    const metrics = async () => (await fetch(`${app.url}/metrics`)).text();
    await until(async () => (await metric('lag_statements')) === 0);
    expect(await metric('delivered_total')).toBe(3);
    expect(await metric('lag_seconds')).toBe(0);
    await target.stop();
    await send(...statements(2));
    await until(async () => (await metric('lag_statements')) === 2);
    expect(await metric('failures_total')).toBeGreaterThan(0);
    expect(await metric('lag_seconds')).toBeGreaterThan(0);
    expect(await metric('dead_letters')).toBe(0);
  });

  it('leave /xapi as it is: what is forwarded is still here', async () => {
    const [target, { pipes, send, key }] = [await targetLrs(), await organization()];
    const ids = await send(...statements(2));
    const { id } = await pipes.lay(to(target));
    await pipes.until(id, ({ delivered }) => delivered === 2);
    const found = await xapi(app, 'GET', '/statements', { key, query: { ascending: 'true' } });
    expect((found.json['statements'] as Json[]).map(idOf)).toEqual(ids);
    expect(await list(app, {})).toEqual([]);
  });
});
