/** What an erasure waits for, what it removes when asked to, and who is let in. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { byKind, Eraser, statementTexts } from '../support/erasures.js';
import type { ErasureShown } from '../support/erasures.js';
import { list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { clusterUrl } from '../support/test-database.js';

let app: TestApp;
let eraser: Eraser;

beforeAll(async () => {
  app = await createTestApp();
  eraser = new Eraser(app);
});
afterAll(() => app.close());

const newMbox = () => `mailto:${randomUUID()}@example.com`;
const databaseUrl = () => clusterUrl(new URL(app.database.ownerUrl).pathname.slice(1));
const sql = (text: string, parameters: unknown[] = []) =>
  withClient(databaseUrl(), (client) => client.query(text, parameters));
const textOf = async (id: string) => (await statementTexts(app.database.ownerUrl)).get(id)!.text;

describe('An erasure with content: REMOVE', () => {
  it('takes response and extensions from what the person has said, and nothing from what others have', async () => {
    const [mbox, own, ofOther] = [newMbox(), randomUUID(), randomUUID()];
    const response = `I am ${randomUUID()}`;
    const said = `"result":{"success":true,"response":"${response}","extensions":{"urn:x:a":1.0},"score":{"raw":1.0}},"context":{"extensions":{"urn:x:b":2},"language":"en"}`;
    const start = (id: string, actor: string) =>
      `{"id":"${id}","actor":{"mbox":"${actor}"},"verb":{"id":"urn:verb"},"object":{"id":"urn:activity:removed"}`;
    const sent = `${start(own, mbox)},${said}}`;
    const otherSent = `${start(ofOther, newMbox())},${said.replace('"language"', `"instructor":{"mbox":"${mbox}"},"language"`)}}`;
    await post(app, `[${sent},${otherSent}]`);
    await eraser.ask('{ statementAggregate { ... on StatementAggregate { total { count } } } }');
    const erasure = await eraser.erase({ agent: { mbox } }, 'REMOVE');
    expect(erasure.content).toBe('REMOVE');
    expect(await textOf(own)).toContain('"result":{"success":true,"score":{"raw":1.0}},"context":{"language":"en"}');
    expect(await textOf(ofOther)).toContain(`"response":"${response}","extensions":{"urn:x:a":1.0}`);
    const groups = await eraser.ask<{ statementAggregate: { groups: Json[] } }>(
      `{ statementAggregate(filter: { activities: ["urn:activity:removed"] }, groupBy: [RESPONSE]) {
         ... on StatementAggregate { groups { count response } } } }`,
    );
    expect(groups.statementAggregate.groups).toEqual(
      expect.arrayContaining([
        { count: 1, response: null },
        { count: 1, response },
      ]),
    );
    for (const body of [sent, otherSent]) expect((await xapi(app, 'POST', '/statements', { body })).status).toBe(200);
    const different = sent.replace('"success":true', '"success":false');
    expect((await xapi(app, 'POST', '/statements', { body: different })).status).toBe(409);
  });
});

describe('An erasure', () => {
  it('lets imports finish that were handed over before, and covers what they have stored', async () => {
    const [mbox, id, importId] = [newMbox(), randomUUID(), randomUUID()];
    await sql(
      `INSERT INTO statement_imports (organization_id, id, principal, bytes, sha256, status) VALUES ($1, $2, '{}', 1, '', 'RUNNING')`,
      [DEFAULT_ORGANIZATION_ID, importId],
    );
    const answer = await eraser.request({ agent: { mbox } });
    const { id: erasureId } = answer['erasure'] as ErasureShown;
    await wait(1_000);
    expect((await eraser.find(erasureId))!.status).toBe('WAITING');
    await post(app, minimalStatement({ id, actor: { mbox } }));
    await sql(`UPDATE statement_imports SET status = 'DONE' WHERE id = $1`, [importId]);
    await eraser.done(erasureId);
    expect(await textOf(id)).not.toContain(mbox);
  });

  it('waits for documents that were being written when it began, and covers them', async () => {
    const mbox = newMbox();
    const query = { activityId: 'urn:activity:written', agent: JSON.stringify({ mbox }), stateId: 'one' };
    expect((await xapi(app, 'PUT', '/activities/state', { query, body: '{}' })).status).toBe(204);
    const erasureId = await withClient(databaseUrl(), async (writer) => {
      await writer.query('BEGIN');
      await writer.query(
        `INSERT INTO documents (organization_id, agent_key, activity_key, key, id, activity_id, content_type, etag, content, updated)
         SELECT organization_id, agent_key, activity_key, $1, '"two"', activity_id, content_type, etag, content, updated
           FROM documents WHERE activity_id = $2`,
        [randomUUID(), query.activityId],
      );
      const { id } = (await eraser.request({ agent: { mbox } }))['erasure'] as ErasureShown;
      await wait(1_000);
      expect(await eraser.find(id)).toMatchObject({ status: 'RUNNING', certificate: null });
      await writer.query('COMMIT');
      return id;
    });
    expect(byKind((await eraser.done(erasureId)).counts)).toMatchObject({ documents: 2 });
    const { rows } = await sql('SELECT FROM documents WHERE activity_id = $1', [query.activityId]);
    expect(rows).toHaveLength(0);
  });

  it('is refused while another one of the same person is under way', async () => {
    const [mbox, importId] = [newMbox(), randomUUID()];
    await sql(
      `INSERT INTO statement_imports (organization_id, id, principal, bytes, sha256, status) VALUES ($1, $2, '{}', 1, '', 'RUNNING')`,
      [DEFAULT_ORGANIZATION_ID, importId],
    );
    const first = (await eraser.request({ agent: { mbox } }))['erasure'] as ErasureShown;
    expect(await eraser.request({ agent: { mbox } })).toMatchObject({ code: 'CONFLICT', path: ['person'] });
    await sql(`UPDATE statement_imports SET status = 'DONE' WHERE id = $1`, [importId]);
    await eraser.done(first.id);
  });

  it('stays within its organization, and needs the scope ADMIN', async () => {
    const mbox = newMbox();
    const { createOrganization } = await eraser.ask<{ createOrganization: { credentials: string } }>(
      'mutation { createOrganization(input: { name: "Another" }) { ... on CreateOrganizationSuccess { credentials } } }',
    );
    const theirs = createOrganization.credentials;
    await post(app, minimalStatement({ actor: { mbox } }));
    await post(app, minimalStatement({ actor: { mbox } }), theirs);
    const erasure = await eraser.erase({ agent: { mbox } });
    const query = { query: { agent: JSON.stringify({ mbox }) } };
    expect(await list(app, { agent: JSON.stringify({ mbox }) })).toEqual([]);
    expect((await xapi(app, 'GET', '/statements', { ...query, key: theirs })).json['statements']).toHaveLength(1);
    const strangers = new Eraser(app, theirs);
    expect(await strangers.find(erasure.id)).toBeNull();
    const file = `${app.url}/erasures/${erasure.id}/certificate.json`;
    expect((await fetch(file, { headers: { authorization: `Bearer ${theirs}` } })).status).toBe(404);
    const { createApiKey } = await eraser.ask<{ createApiKey: { credentials: string } }>(
      'mutation { createApiKey(input: { name: "Reader", scopes: [RECORDS_READ, ALL] }) { ... on CreateApiKeySuccess { credentials } } }',
    );
    const reader = new Eraser(app, createApiKey.credentials);
    await expect(reader.request({ agent: { mbox } })).rejects.toThrow('FORBIDDEN');
    await expect(reader.preview({ agent: { mbox } })).rejects.toThrow('FORBIDDEN');
    await expect(reader.find(erasure.id)).rejects.toThrow('FORBIDDEN');
  });
});
