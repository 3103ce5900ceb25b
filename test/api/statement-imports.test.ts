import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importAll, importState, importThat, postImport } from '../support/statement-imports.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ MAX_IMPORT_BYTES: '2000000', MAX_BODY_BYTES: '100000' });
});
afterAll(() => app.close());

const statementsOf = (count: number, more: Json = {}): Json[] =>
  Array.from({ length: count }, () => minimalStatement({ id: randomUUID(), ...more }));
const ndjson = (statements: readonly unknown[]): string =>
  statements.map((statement) => `${typeof statement === 'string' ? statement : JSON.stringify(statement)}\n`).join('');

describe('a file of statements', () => {
  it.each(['plain', 'gzip'])('is imported (%s), in its order, and tells how far it is', async (kind) => {
    const mark = `http://example.com/imports/${randomUUID()}`;
    const statements = statementsOf(1_234, { object: { id: mark } });
    const text = ndjson(statements);
    const { status, progress, lines, stored, refused, error } = await importAll(
      app,
      kind === 'gzip' ? gzipSync(text) : text,
    );
    expect({ status, progress, lines, stored, refused, error }).toEqual({
      status: 'DONE',
      progress: 100,
      lines: 1_234,
      stored: 1_234,
      refused: 0,
      error: null,
    });
    const found = await list(app, { activity: mark, ascending: 'true' });
    expect(found.map(idOf)).toEqual(statements.map(idOf));
  });

  it('that is imported again adds nothing', async () => {
    const mark = `http://example.com/imports/${randomUUID()}`;
    const text = ndjson(statementsOf(60, { object: { id: mark } }));
    await importAll(app, text);
    expect(await importAll(app, text + text)).toMatchObject({ status: 'DONE', stored: 120, refused: 0 });
    expect(await list(app, { activity: mark })).toHaveLength(60);
  });

  it('keeps numbers, escapes and unknown extensions as they are in it', async () => {
    const id = randomUUID();
    const extensions =
      '{"http://example.com/x":{"n":1.10e2,"big":123456789012345678901234567890,"s":"\\u0000\\ud83d"}}';
    const line = JSON.stringify(minimalStatement({ id })).replace(/}$/, `,"result":{"extensions":${extensions}}}`);
    expect(await importAll(app, line)).toMatchObject({ stored: 1 });
    const { text } = await xapi(app, 'GET', '/statements', { query: { statementId: id } });
    expect(text).toContain(extensions);
  });

  it('may have blank lines, Windows line ends and no newline at its end', async () => {
    const [one, other] = statementsOf(2).map((statement) => JSON.stringify(statement));
    expect(await importAll(app, `\n${one}\r\n\r\n  \n${other}`)).toMatchObject({
      status: 'DONE',
      stored: 2,
      refused: 0,
    });
  });

  it('may hold statements of both versions of xAPI', async () => {
    const [one, other] = statementsOf(2);
    const contextAgents = [{ objectType: 'contextAgent', agent: { mbox: 'mailto:coach@example.com' } }];
    const text = ndjson([
      { ...one, version: '1.0.3' },
      { ...other, version: '2.0.0', context: { contextAgents } },
    ]);
    expect(await importAll(app, text)).toMatchObject({ stored: 2, refused: 0 });
  });

  it('with nothing in it is done at once', async () => {
    expect(await importAll(app, '\n')).toMatchObject({ status: 'DONE', stored: 0, refused: 0, progress: 100 });
  });
});

describe('lines that cannot be stored', () => {
  it('are told one by one, and the others are stored', async () => {
    const [good, last, changed] = statementsOf(3);
    await post(app, changed);
    const text = ndjson([
      good,
      'not JSON',
      { ...minimalStatement(), verb: { id: 'no IRI' }, id: '4e0e4d6e-4a5f-4f2b-9d0c-0f2b9c1b7a11' },
      { ...changed, verb: { id: 'http://example.com/verbs/other' } },
      `{"pad":"${'x'.repeat(100_000)}"}`,
      '[]',
      last,
    ]);
    const { status, stored, refused, refusals } = await importAll(app, text);
    expect({ status, stored, refused }).toEqual({ status: 'DONE', stored: 2, refused: 5 });
    expect(refusals.nodes.map(({ line, code }) => [line, code])).toEqual([
      [2, 'MALFORMED_JSON'],
      [3, 'BAD_FORMAT'],
      [4, 'CONFLICT'],
      [5, 'TOO_LARGE'],
      [6, 'WRONG_TYPE'],
    ]);
    expect(refusals.nodes[1]).toMatchObject({
      statementId: '4e0e4d6e-4a5f-4f2b-9d0c-0f2b9c1b7a11',
      path: ['verb', 'id'],
    });
  });
});

describe('an import', () => {
  it('fails with the reason when the file is damaged, and keeps what came before', async () => {
    const whole = gzipSync(ndjson(statementsOf(2_000)));
    const { status, error, stored } = await importAll(app, whole.subarray(0, whole.length - 100));
    expect({ status, error }).toEqual({ status: 'FAILED', error: expect.stringContaining('Z_BUF_ERROR') as unknown });
    expect(stored).toBeGreaterThan(0);
  });

  it('of too large a file is refused, and nothing is kept of it', async () => {
    const answer = await postImport(app, Buffer.alloc(2_000_001, 0x20));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      error: { code: 'VALIDATION_FAILED', problems: [{ code: 'TOO_LARGE', path: ['body'] }] },
    });
  });

  it('needs a key that may write statements', async () => {
    const create = `mutation ($scopes: [Scope!]!) {
      createApiKey(input: { name: "reader", scopes: $scopes }) { ... on CreateApiKeySuccess { credentials } } }`;
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(create, {
      scopes: ['STATEMENTS_READ'],
    });
    expect((await postImport(app, '', { key: data.createApiKey.credentials })).status).toBe(403);
    expect((await postImport(app, '', { key: 'nobody:nothing' })).status).toBe(401);
  });

  it('is invisible to other organizations', async () => {
    const { id } = await importAll(app, ndjson(statementsOf(1)));
    const create = `mutation { createOrganization(input: { name: "Other" }) {
      ... on CreateOrganizationSuccess { credentials } } }`;
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(create);
    const query = 'query ($id: ID!) { statementImport(id: $id) { id } }';
    const seen = await app.graphql(query, { id }, data.createOrganization.credentials);
    expect(seen.data).toEqual({ statementImport: null });
  });

  it('can be stopped; what is stored stays', async () => {
    const answer = await postImport(app, gzipSync(ndjson(statementsOf(6_000))));
    const { id } = (await answer.json()) as { id: string };
    await importThat(app, id, ({ lines }) => lines > 0);
    const cancel = `mutation ($id: ID!) { cancelStatementImport(id: $id) {
      __typename ... on CancelStatementImportSuccess { statementImport { status } } } }`;
    const { data } = await app.graphql(cancel, { id });
    expect(data).toMatchObject({ cancelStatementImport: { statementImport: { status: 'CANCELLED' } } });
    const { stored } = (await importState(app, id))!;
    expect(stored).toBeGreaterThan(0);
    expect(stored).toBeLessThan(6_000);
    expect((await app.graphql(cancel, { id })).data).toMatchObject({
      cancelStatementImport: { statementImport: { status: 'CANCELLED' } },
    });
  });
});
