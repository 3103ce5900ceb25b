import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { AttachmentCleaning } from '../../modules/lrs/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { blobsOf, rowsOf, statementWith, storeWith } from '../support/attachments.js';
import { attachmentOf, sha256 } from '../support/multipart.js';
import { age, allAged, Archivist } from '../support/retention.js';
import { idOf, minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(120_000);

let app: TestApp;
let archivist: Archivist;
let rule: string;
beforeAll(async () => {
  app = await createTestApp();
  archivist = new Archivist(app);
  rule = await archivist.rule({ action: 'DELETE', days: 30 });
});
afterAll(() => app.close());

const makeOld = (...statements: Json[]) =>
  age(app.database.ownerUrl, DEFAULT_ORGANIZATION_ID, allAged(statements.map(idOf), 40));

describe('of deleted statements', () => {
  it('attachments go that nothing else has, as the dry run says', async () => {
    const [own, shared] = [Buffer.from('only here'), Buffer.from('in both of them')];
    const old = statementWith([attachmentOf(own), attachmentOf(shared)]);
    await storeWith(app, old, own, shared);
    await storeWith(app, statementWith([attachmentOf(shared)]), shared);
    await makeOld(old);
    expect(await archivist.preview(rule)).toMatchObject({ count: 1, attachments: { count: 1, bytes: own.length } });
    expect((await archivist.run(rule)).deleted).toBe(1);
    expect(await rowsOf(app, 'SELECT sha2 FROM statement_attachments')).toEqual([{ sha2: sha256(shared) }]);
    await withClient(app.database.ownerUrl, (client) =>
      client.query(`UPDATE attachments SET used_at = now() - interval '7 hours'`),
    );
    await app.app.get(AttachmentCleaning, { strict: false }).clean(DEFAULT_ORGANIZATION_ID);
    expect(await blobsOf(app)).toHaveLength(1);
  });

  it('nothing is left in facts of what only they said about people', async () => {
    const about = (name: string, response: string, registration: string): Json =>
      minimalStatement({
        id: randomUUID(),
        actor: { mbox: `mailto:${name}@example.com`, name },
        result: { response },
        context: { registration, instructor: { mbox: `mailto:teacher-of-${name}@example.com` } },
      });
    const [old, young] = [about('grace', 'confidential', randomUUID()), about('ada', 'harmless', randomUUID())];
    await archivist.send(old, young);
    await makeOld(old);
    const search = async (text: string) => {
      const query = 'query ($text: String) { statements(filter: { text: $text }) { nodes { id } } }';
      return (await archivist.ask<{ statements: { nodes: Json[] } }>(query, { text })).statements.nodes.length;
    };
    expect([await search('grace'), await search('confidential'), await search('ada')]).toEqual([1, 1, 1]);
    const terms = async () => (await rowsOf(app, 'SELECT id, value FROM fact_terms')).length;
    const before = await terms();
    expect((await archivist.run(rule)).deleted).toBe(1);
    expect([await search('grace'), await search('confidential'), await search('ada')]).toEqual([0, 0, 1]);
    // The actor, the instructor, the registration, the response, and the context that they make.
    expect(await terms()).toBe(before - 5);
    expect(await rowsOf(app, `SELECT FROM fact_words WHERE word IN ('grace', 'confidential')`)).toEqual([]);
    expect((await rowsOf(app, `SELECT FROM fact_words WHERE word IN ('ada', 'harmless')`)).length).toBeGreaterThan(1);
  });
});
