/** What an erasure takes out of texts that were made of statements: answers of targets, reports, refusals; and how it is followed. */
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import { byKind, certificateIn, Eraser, sqlOf, tracesLeft } from '../support/erasures.js';
import type { ErasureShown } from '../support/erasures.js';
import { PipeWorkshop, Plumber, to, until } from '../support/pipes.js';
import { CLIMBING, climbed, climbingProfile } from '../support/profiles.js';
import { exportState, keyOf, otherOrganization, startExport } from '../support/statement-exports.js';
import { importAll, importState } from '../support/statement-imports.js';
import type { ImportState } from '../support/statement-imports.js';
import { idOf, minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

let workshop: PipeWorkshop;
let app: TestApp;
let eraser: Eraser;
beforeAll(async () => {
  workshop = await PipeWorkshop.open();
  ({ app } = workshop);
  eraser = new Eraser(app);
});
afterAll(async () => {
  await workshop.tidy();
  await workshop.close();
});

/** Somebody new, with an address and a name that nobody else has. */
const somebody = () => {
  const word = randomUUID();
  const actor = { mbox: `mailto:${word}@example.com`, name: `Name of ${word}` };
  return { actor, agent: { mbox: actor.mbox }, word };
};
const where = () => ({ ownerUrl: app.database.ownerUrl, dataDirectory: app.config.dataDirectory });
const BOB = { mbox: 'mailto:bob.other@example.com', name: 'Bob Other' };

describe('An erasure takes the person out of', () => {
  it('answers of targets to statements of the person, and those that tell of the person in answer to others', async () => {
    const { actor, agent, word } = somebody();
    const target = await workshop.targetLrs();
    const pipes = new Plumber(app);
    const verb = { id: `urn:verb:${word}` };
    const [own, others, unrelated] = [actor, BOB, BOB].map((one) =>
      minimalStatement({ id: randomUUID(), actor: one, verb }),
    ) as [Json, Json, Json];
    const answers = new Map([
      [idOf(own), 'We do not want this statement.'],
      [idOf(others), `No, as ${word.toUpperCase()}@EXAMPLE.COM has it already.`],
      [idOf(unrelated), 'We do not want that one, either.'],
    ]);
    target.mishap = (batch) => ({ status: 400, body: batch.map((one) => answers.get(idOf(one))).join(' ') });
    await post(app, [own, others, unrelated]);
    const { id } = await pipes.lay({ ...to(target), filter: { verbs: [verb.id] } });
    await pipes.until(id, ({ deadLetters }) => deadLetters === 3);
    const answerTo = async (one: Json) =>
      (await pipes.deadLetters(id)).find(({ statementId }) => statementId === idOf(one));
    for (const one of [own, others, unrelated]) {
      expect(await answerTo(one)).toMatchObject({ reason: 'REFUSED', answer: answers.get(idOf(one)) });
    }
    const erasure = await eraser.erase({ agent });
    expect(byKind(erasure.counts)).toMatchObject({ deadLetters: 2 });
    for (const one of [own, others]) expect(await answerTo(one)).toMatchObject({ reason: 'REFUSED', answer: '' });
    expect(await answerTo(unrelated)).toMatchObject({ answer: answers.get(idOf(unrelated)) });
    expect(await tracesLeft(where(), [agent.mbox, actor.name], [agent])).toEqual([]);
  });

  it('what a target has answered when it failed', async () => {
    const { actor, agent, word } = somebody();
    const target = await workshop.targetLrs();
    const pipes = new Plumber(app);
    const verb = { id: `urn:verb:${randomUUID()}` };
    target.mishap = () => ({ status: 500, body: `It broke at ${word}@example.com.` });
    await post(app, minimalStatement({ actor, verb }));
    const { id } = await pipes.lay({ ...to(target), filter: { verbs: [verb.id] } });
    const failing = await pipes.until(id, ({ lastError }) => lastError !== null);
    expect(failing.status.lastError).toContain(word);
    await pipes.mutate('pausePipe', { id }, 'pipe { id }');
    await eraser.erase({ agent });
    expect((await pipes.look(id)).status.lastError).not.toContain(word);
    expect(await tracesLeft(where(), [`${word}@example.com`, actor.name], [agent])).toEqual([]);
  });

  it('answers of targets that come when it is over, to what they were sent before', async () => {
    const { actor, agent, word } = somebody();
    const [target, failingTarget] = [await workshop.targetLrs(), await workshop.targetLrs()];
    const pipes = new Plumber(app);
    const verb = { id: `urn:verb:${word}` };
    const answer = { body: `${word}@example.com is nobody we know.` };
    let goOn = (): void => undefined;
    const erased = new Promise<void>((resolve) => (goOn = resolve));
    target.mishap = () => erased.then(() => ({ status: 400, ...answer }));
    failingTarget.mishap = () =>
      erased.then(() => ({ status: 500, ...(failingTarget.requests.length === 1 ? answer : {}) }));
    await post(app, minimalStatement({ actor, verb }));
    const lay = async (one: typeof target) => (await pipes.lay({ ...to(one), filter: { verbs: [verb.id] } })).id;
    const [refusing, failing] = [await lay(target), await lay(failingTarget)];
    await until(() => target.requests.length > 0 && failingTarget.requests.length > 0);
    await eraser.erase({ agent });
    expect((await pipes.look(refusing)).status.deadLetters).toBe(0);
    expect((await pipes.look(failing)).status.lastError).toBeNull();
    goOn();
    await pipes.until(refusing, ({ deadLetters }) => deadLetters === 1);
    expect(await pipes.deadLetters(refusing)).toMatchObject([{ reason: 'REFUSED', answer: '' }]);
    const { status } = await pipes.until(failing, ({ lastError }) => lastError !== null);
    await pipes.mutate('pausePipe', { id: failing }, 'pipe { id }');
    expect(status.lastError).toBe(
      'It failed; what it said is not kept, as somebody was erased from the statements meanwhile.',
    );
    expect(await tracesLeft(where(), [`${word}@example.com`, actor.name], [agent])).toEqual([]);
  });

  it('reports of what breaks profiles: their texts, and neither their codes nor those of others', async () => {
    const { actor, agent, word } = somebody();
    const { credentials, keyId } = await reportingKey();
    const [own, quoting, others] = [
      climbed({ id: randomUUID(), actor, result: {} }),
      climbed({ id: randomUUID(), actor: BOB, result: { extensions: { [CLIMBING.grade]: 'hard' } } }),
      climbed({ id: randomUUID(), actor: BOB, result: {} }),
    ];
    await post(app, [own, quoting, others], credentials);
    const reports = async () => {
      const { profileReports } = await eraser.ask<{ profileReports: { nodes: Json[] } }>(
        `query ($keyId: ID!) { profileReports(first: 100, filter: { keyId: $keyId }) {
           nodes { statementId code severity message path } } }`,
        { keyId },
      );
      return new Map(profileReports.nodes.map((node) => [node['statementId'], node]));
    };
    // As a rule that quotes what it is about would have it: those that are bundled and that of this test quote nobody.
    await sqlOf(app, `UPDATE profile_reports SET message = message || ' ' || $2 WHERE statement_id = $1`, [
      idOf(quoting),
      `${word}@example.com`,
    ]);
    const before = await reports();
    expect([...before.keys()].sort()).toEqual([own, quoting, others].map(idOf).sort());
    const erasure = await eraser.erase({ agent });
    expect(byKind(erasure.counts)).toMatchObject({ profileReports: 2 });
    const after = await reports();
    for (const one of [own, quoting]) {
      expect(after.get(idOf(one))).toEqual({ ...before.get(idOf(one)), message: '', path: [] });
      expect(before.get(idOf(one))!['message']).not.toBe('');
    }
    expect(after.get(idOf(others))).toEqual(before.get(idOf(others)));
  });

  it('files of exports, also those that are deleted while a part of them is on its way', async () => {
    const { actor, agent, word } = somebody();
    await post(app, minimalStatement({ actor }));
    const storage = app.app.get(BlobStorage, { strict: false });
    const signals = new EventEmitter();
    const [reached, released] = [once(signals, 'reached'), once(signals, 'released')];
    const put = storage.put.bind(storage);
    const slow = jest.spyOn(storage, 'put').mockImplementation(async (...file) => {
      signals.emit('reached');
      await released;
      return put(...file);
    });
    try {
      const exportId = await startExport(app, { format: 'NDJSON', compressed: false });
      await reached;
      const { erasure } = (await eraser.request({ agent })) as unknown as { erasure: ErasureShown };
      await until(async () => (await exportState(app, exportId))!.status === 'DELETED');
      await wait(500);
      expect(await eraser.find(erasure.id)).toMatchObject({ status: 'RUNNING', certificate: null });
      signals.emit('released');
      expect(byKind((await eraser.done(erasure.id)).counts)).toMatchObject({ statementExports: 1 });
      expect(await tracesLeft(where(), [word])).toEqual([]);
    } finally {
      signals.emit('released');
      slow.mockRestore();
    }
  });

  it('refusals of imports, and names of their files', async () => {
    const { actor, agent, word } = somebody();
    const id = randomUUID();
    await post(app, minimalStatement({ id, actor }));
    const lines = [
      minimalStatement({ actor, [`${word}@example.com`]: 1 }),
      minimalStatement({ actor: BOB, unknown: 1 }),
      minimalStatement({ actor: BOB }),
    ].map((one) => JSON.stringify(one));
    const imported = await importAll(app, lines.join('\n'));
    expect(imported).toMatchObject({ status: 'DONE', stored: 1, refused: 2 });
    const [quoting, other] = imported.refusals.nodes;
    expect(JSON.stringify(quoting)).toContain(word);
    const erasure = await eraser.erase({ agent });
    expect(byKind(erasure.counts)).toMatchObject({ importRefusals: 1 });
    const { refusals } = (await importState(app, imported.id)) as ImportState;
    expect(refusals.nodes).toEqual([{ ...quoting, message: '', path: [] }, other]);
    expect(await tracesLeft(where(), [agent.mbox, actor.name, `${word}@example.com`], [agent])).toEqual([]);
  });
});

async function reportingKey(): Promise<{ credentials: string; keyId: string }> {
  const { createApiKey } = await eraser.ask<{ createApiKey: { credentials: string; apiKey: { id: string } } }>(
    `mutation { createApiKey(input: { name: "Climbers", scopes: [ALL] }) {
       ... on CreateApiKeySuccess { credentials apiKey { id } } } }`,
  );
  const keyId = createApiKey.apiKey.id;
  await eraser.ask(`mutation ($json: String!) { uploadProfile(input: { json: $json }) { __typename } }`, {
    json: JSON.stringify(climbingProfile()),
  });
  await eraser.ask(`mutation ($input: SetProfilePolicyInput!) { setProfilePolicy(input: $input) { __typename } }`, {
    input: { keyId, mode: 'REPORT', profiles: [CLIMBING.id], claim: 'MATCHING' },
  });
  return { credentials: createApiKey.credentials, keyId };
}

describe('The progress of an erasure', () => {
  const PROGRESS = `subscription ($id: ID!) { erasureProgress(id: $id) { id status counts { kind count }
    certificate { certificate signature } } }`;
  const follow = (id: string, key = app.adminKey) => {
    const client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${key}` },
      retryAttempts: 0,
    });
    const results = client.iterate<{ erasureProgress: ErasureShown }>({ query: PROGRESS, variables: { id } });
    return { client, results };
  };
  const firstOf = async (id: string, key: string) => {
    const { client, results } = follow(id, key);
    try {
      return (await results.next()).value as { data?: unknown; errors?: readonly Json[] };
    } finally {
      await client.dispose();
    }
  };

  it('is followed from its waiting to its end, and never goes back', async () => {
    const { actor, agent } = somebody();
    await post(
      app,
      Array.from({ length: 250 }, () => minimalStatement({ actor })),
    );
    const importId = randomUUID();
    await sqlOf(
      app,
      `INSERT INTO statement_imports (organization_id, id, principal, bytes, sha256, status) VALUES ($1, $2, '{}', 1, '', 'RUNNING')`,
      [DEFAULT_ORGANIZATION_ID, importId],
    );
    const { id } = (await eraser.request({ agent }))['erasure'] as ErasureShown;
    const { client, results } = follow(id);
    const states: ErasureShown[] = [];
    for await (const { data, errors } of results) {
      expect(errors).toBeUndefined();
      states.push(data!.erasureProgress);
      if (states.length === 1)
        await sqlOf(app, `UPDATE statement_imports SET status = 'DONE' WHERE id = $1`, [importId]);
    }
    await client.dispose();
    expect(states[0]).toEqual({ id, status: 'WAITING', counts: [], certificate: null });
    const order = ['WAITING', 'RUNNING', 'DONE'];
    const statuses = states.map(({ status }) => order.indexOf(status));
    expect(statuses).toEqual(statuses.toSorted());
    expect(new Set(statuses)).toEqual(new Set([0, 1, 2]));
    const erased = states.map(({ counts }) => byKind(counts)['statements'] ?? 0);
    expect(erased).toEqual(erased.toSorted((one, other) => one - other));
    expect(new Set(erased).size).toBeGreaterThan(2);
    const last = states.at(-1)!;
    expect(certificateIn(last)).toMatchObject({ id, statements: { count: 250 } });
    const { certificate, counts } = (await eraser.find(id))!;
    expect({ certificate, counts }).toEqual({ certificate: last.certificate, counts: last.counts });
  });

  it('of one that is done is its end alone', async () => {
    const { actor, agent } = somebody();
    await post(app, minimalStatement({ actor }));
    const { id } = await eraser.erase({ agent });
    const { client, results } = follow(id);
    const statuses: string[] = [];
    for await (const { data } of results) statuses.push(data!.erasureProgress.status);
    await client.dispose();
    expect(statuses).toEqual(['DONE']);
  });

  it('is told to administrators of its organization alone', async () => {
    const { actor, agent } = somebody();
    await post(app, minimalStatement({ actor }));
    const { id } = await eraser.erase({ agent });
    const codeOf = async (key: string) => (await firstOf(id, key)).errors?.[0]?.['extensions'];
    expect(await codeOf(await otherOrganization(app))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await codeOf(await keyOf(app, ['RECORDS_READ', 'ALL']))).toMatchObject({ code: 'FORBIDDEN' });
    expect((await firstOf(id, app.adminKey)).errors).toBeUndefined();
  });
});
