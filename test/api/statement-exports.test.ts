import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import {
  download,
  exportState,
  exportThat,
  exported,
  keyOf,
  letTimePass,
  linesOf,
  otherOrganization,
  postExport,
  startExport,
  statementsOf,
  statusOf,
} from '../support/statement-exports.js';
import type { ExportState } from '../support/statement-exports.js';
import { importAll } from '../support/statement-imports.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(60_000);

/** Small parts, so that a file has several. */
const PART_BYTES = '20000';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ EXPORT_PART_BYTES: PART_BYTES });
});
afterAll(() => app.close());

const mark = () => `http://example.com/exports/${randomUUID()}`;
const statementsAbout = (activity: string, count: number, more: (index: number) => Json = () => ({})): Json[] =>
  Array.from({ length: count }, (_, index) =>
    minimalStatement({ id: randomUUID(), object: { id: activity }, ...more(index) }),
  );
const about = (activity: string): Json => ({ activities: [activity] });

const organization = () => otherOrganization(app);
const keyWith = (scopes: string[]) => keyOf(app, scopes);

async function voidStatement(id: string): Promise<void> {
  const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
  await post(app, minimalStatement({ verb, object: { objectType: 'StatementRef', id } }));
}

describe('an export as NDJSON', () => {
  it.each([false, true])('has every statement as it is stored, in their order (compressed: %s)', async (compressed) => {
    const activity = mark();
    const sent = statementsAbout(activity, 150);
    await post(app, sent);
    const { file, statements, bytes, progress, fileName } = await exported(app, {
      format: 'NDJSON',
      filter: about(activity),
      compressed,
    });
    expect({ statements, bytes, progress }).toEqual({ statements: 150, bytes: file.length, progress: 100 });
    expect(fileName).toMatch(compressed ? /^statements-\d{8}-\d{6}\.ndjson\.gz$/ : /^statements-\d{8}-\d{6}\.ndjson$/);
    const found = statementsOf(compressed ? gunzipSync(file) : file);
    expect(found).toEqual(await list(app, { activity, ascending: 'true' }));
    expect(found.map(idOf)).toEqual(sent.map(idOf));
  });

  it('keeps numbers with their digits, and makes one line of a statement that was sent in several', async () => {
    const activity = mark();
    const id = randomUUID();
    const extensions = '{"http://example.com/x":{"n":1.10e2,"big":123456789012345678901234567890,"s":"a\\nb"}}';
    const sent = JSON.stringify(minimalStatement({ id, object: { id: activity } }), null, 2);
    await xapi(app, 'POST', '/statements', {
      body: sent.replace(/\n}$/, `,\r\n  "result": {"extensions": ${extensions}}\n}`),
    });
    const { file } = await exported(app, { format: 'NDJSON', filter: about(activity), compressed: false });
    const lines = linesOf(file);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(extensions);
    const { text } = await xapi(app, 'GET', '/statements', { query: { statementId: id } });
    expect(lines[0]).toBe(text.replace(/[\r\n]+/g, ' '));
  });

  it('goes into another organization by an import: the same statements under the same ids', async () => {
    const from = await organization();
    const statements = statementsAbout(mark(), 120, (index) => ({
      result: { score: { scaled: index / 120 }, response: `Zürich ${index}` },
      ...(index % 2 === 0 ? {} : { actor: { account: { homePage: 'https://lms.example.com', name: `l-${index}` } } }),
    }));
    await post(app, statements, from);
    const first = await exported(app, { format: 'NDJSON' }, from);

    const to = await organization();
    expect(await importAll(app, first.file, to)).toMatchObject({ status: 'DONE', stored: 120, refused: 0 });
    const second = await exported(app, { format: 'NDJSON' }, to);
    const without = ({ stored: _, authority: __, ...rest }: Json) => rest;
    const [before, after] = [first, second].map(({ file }) => statementsOf(gunzipSync(file)));
    expect(after!.map(without)).toEqual(before!.map(without));
    expect(after!.map(idOf)).toEqual(statements.map(idOf));
    // An import by a key that is not trusted asserts the statements itself, now.
    expect(after!.map(({ authority }) => authority)).not.toEqual(before!.map(({ authority }) => authority));
  });

  it('of an organization without statements is an empty file', async () => {
    const key = await organization();
    for (const compressed of [true, false]) {
      const { file, statements } = await exported(app, { format: 'NDJSON', compressed }, key);
      expect(statements).toBe(0);
      expect(compressed ? gunzipSync(file) : file).toHaveLength(0);
    }
  });
});

describe('what is in an export', () => {
  it('is what the filter finds', async () => {
    const activity = mark();
    const verb = { id: `${activity}/done` };
    const registration = randomUUID();
    const [early] = await post(app, statementsAbout(activity, 3));
    const marked = statementsAbout(activity, 2, () => ({ verb, context: { registration } }));
    await post(app, marked);
    const narrow = { ...about(activity), verbs: [verb.id], registrations: [registration] };
    const { file } = await exported(app, { format: 'NDJSON', filter: narrow, compressed: false });
    expect(statementsOf(file).map(idOf)).toEqual(marked.map(idOf));

    const { json } = await xapi(app, 'GET', '/statements', { query: { statementId: early! } });
    const upTo = { ...about(activity), until: json['stored'] };
    const early3 = await exported(app, { format: 'NDJSON', filter: upTo, compressed: false });
    expect(statementsOf(early3.file).map(idOf)).toContain(early);
    expect(early3.statements).toBe(3);
    const after = await exported(app, {
      format: 'NDJSON',
      filter: { since: json['stored'] as string, activities: [activity] },
      compressed: false,
    });
    expect(statementsOf(after.file).map(idOf)).toEqual(marked.map(idOf));
  });

  it('by time alone is exact to the millisecond: later than since, up to until', async () => {
    const key = await organization();
    const stored: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const [id] = await post(app, minimalStatement(), key);
      const { json } = await xapi(app, 'GET', '/statements', { query: { statementId: id! }, key });
      stored.push(json['stored'] as string);
    }
    const filter = { since: stored[0], until: stored[1] };
    const { file } = await exported(app, { format: 'NDJSON', filter, compressed: false }, key);
    expect(statementsOf(file).map((statement) => statement['stored'])).toEqual([stored[1]]);
  });

  it('leaves voided statements out, or not', async () => {
    const activity = mark();
    const [kept, voided] = await post(app, statementsAbout(activity, 2));
    await voidStatement(voided!);
    const valid = await exported(app, { format: 'NDJSON', filter: about(activity), compressed: false });
    expect(statementsOf(valid.file).map(idOf)).toEqual([kept]);
    const all = await exported(app, {
      format: 'NDJSON',
      filter: about(activity),
      compressed: false,
      includeVoided: true,
    });
    expect(statementsOf(all.file).map(idOf)).toEqual([kept, voided]);
  });

  it('is told by consistentThrough, and what is stored or voided later makes no difference', async () => {
    const activity = mark();
    const ids = await post(app, statementsAbout(activity, 200));
    const id = await startExport(app, { format: 'NDJSON', filter: about(activity), compressed: false });
    const begun = await exportThat(app, id, ({ consistentThrough }) => consistentThrough !== null);
    await post(app, statementsAbout(activity, 5));
    await voidStatement(ids[150]!);
    await exportThat(app, id);
    const file = Buffer.from(await (await download(app, id)).arrayBuffer());
    expect(statementsOf(file).map(idOf)).toEqual(ids);
    for (const { stored } of statementsOf(file) as { stored: string }[]) {
      expect(Date.parse(stored)).toBeLessThan(Date.parse(begun.consistentThrough!));
    }
  });
});

describe('the file of an export', () => {
  let made: ExportState & { readonly file: Buffer };
  beforeAll(async () => {
    const activity = mark();
    await post(app, statementsAbout(activity, 250));
    made = await exported(app, { format: 'NDJSON', filter: about(activity), compressed: false });
  });

  it('comes in ranges, over the borders of its parts', async () => {
    const part = Number(PART_BYTES);
    expect(made.file.length).toBeGreaterThan(3 * part);
    for (const [start, end] of [
      [0, 0],
      [part - 500, 2 * part + 500],
      [made.file.length - 10, made.file.length - 1],
    ] as const) {
      const answer = await download(app, made.id, { headers: { range: `bytes=${start}-${end}` } });
      expect(answer.status).toBe(206);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${made.file.length}`);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(made.file.subarray(start, end + 1));
    }
    expect(await statusOf(download(app, made.id, { headers: { range: `bytes=${made.file.length}-` } }))).toBe(416);
  });

  it('tells its name, length and tag', async () => {
    const { headers, body } = await download(app, made.id);
    await body?.cancel();
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    expect(headers.get('content-length')).toBe(String(made.file.length));
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${made.fileName}"`);
    const tag = headers.get('etag')!;
    expect(await statusOf(download(app, made.id, { headers: { 'if-none-match': tag } }))).toBe(304);
  });

  it('can be downloaded by its link without a key, and by no other', async () => {
    const url = (await exportState(app, made.id))!.url!;
    expect(url).toContain(made.fileName);
    const answer = await fetch(url);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(made.file);
    expect(await statusOf(fetch(url.replace(made.id, randomUUID())))).toBe(404);
    expect(await statusOf(download(app, made.id, { key: null }))).toBe(401);
  });

  it('is gone when it is deleted, also from the storage', async () => {
    const { id, url } = (await exportState(app, made.id))!;
    expect(await blobsOf(id)).toBeGreaterThan(3);
    const remove = `mutation ($id: ID!) { deleteStatementExport(id: $id) {
      ... on DeleteStatementExportSuccess { statementExport { status url } } ... on UserError { code } } }`;
    const deleted = { deleteStatementExport: { statementExport: { status: 'DELETED', url: null } } };
    expect((await app.graphql(remove, { id })).data).toEqual(deleted);
    expect((await app.graphql(remove, { id })).data).toEqual(deleted);
    expect(await statusOf(download(app, id))).toBe(404);
    expect(await statusOf(fetch(url!))).toBe(404);
    await until(async () => (await blobsOf(id)) === 0);
    expect((await app.graphql(remove, { id: randomUUID() })).data).toEqual({
      deleteStatementExport: { code: 'NOT_FOUND' },
    });
  });

  it('is kept for the days that were asked for, and is gone when they are over', async () => {
    const activity = mark();
    await post(app, statementsAbout(activity, 1));
    const { id, expiresAt } = await exported(app, { format: 'CSV', filter: about(activity), keepDays: 2 });
    const days = (Date.parse(expiresAt!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(1.99);
    expect(days).toBeLessThanOrEqual(2);
    await letTimePass(app, id, '3 days');
    await exportThat(app, id, ({ status }) => status === 'EXPIRED');
    expect(await statusOf(download(app, id))).toBe(404);
    await until(async () => (await blobsOf(id)) === 0);
  });
});

describe('an export', () => {
  it('can be stopped while it is under way, and leaves nothing in the storage', async () => {
    const key = await organization();
    await importAll(
      app,
      statementsAbout(mark(), 3_000)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
      key,
    );
    const id = await startExport(app, { format: 'PARQUET' }, key);
    await exportThat(app, id, ({ statements }) => statements > 0, key);
    await app.graphql('mutation ($id: ID!) { deleteStatementExport(id: $id) { __typename } }', { id }, key);
    expect(await exportState(app, id, key)).toMatchObject({ status: 'DELETED', url: null });
    await until(async () => (await blobsOf(id)) === 0);
    expect((await exportState(app, id, key))!.statements).toBeLessThan(3_000);
  });

  it('is followed by a subscription until it has ended', async () => {
    const activity = mark();
    await post(app, statementsAbout(activity, 100));
    const id = await startExport(app, { format: 'NDJSON', filter: about(activity) });
    const client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${app.adminKey}` },
    });
    const states: { status: string; progress: number; url: string | null }[] = [];
    const query = `subscription { statementExportProgress(id: "${id}") { status progress url } }`;
    for await (const { data } of client.iterate<{ statementExportProgress: (typeof states)[number] }>({ query })) {
      states.push(data!.statementExportProgress);
    }
    await client.dispose();
    expect(states.at(-1)).toMatchObject({ status: 'DONE', progress: 100, url: expect.stringContaining(id) as unknown });
    const percents = states.map(({ progress }) => progress);
    expect(percents).toEqual([...percents].sort((one, other) => one - other));
  });

  it('shows what was asked for', async () => {
    const input = {
      format: 'CSV',
      filter: { verbs: ['http://example.com/verbs/nobody-did'], since: '2026-01-01T00:00:00Z', text: null },
      table: { json: true, language: 'de, en;q=0.5', guardFormulas: false },
    };
    const { id, filter, table } = await exported(app, input);
    expect(JSON.parse(filter!)).toEqual({
      verbs: ['http://example.com/verbs/nobody-did'],
      since: '2026-01-01T00:00:00.000Z',
    });
    expect(table).toEqual(input.table);
    const { data } = await app.graphql<{ statementExports: { nodes: { id: string }[]; totalCount: number } }>(
      '{ statementExports(first: 1) { totalCount nodes { id } } }',
    );
    expect(data.statementExports.nodes).toEqual([{ id }]);
    expect(data.statementExports.totalCount).toBeGreaterThan(1);
  });

  it('is asked for once, however often the same request comes', async () => {
    const input = { format: 'NDJSON', filter: { since: '2030-01-01T00:00:00Z' }, idempotencyKey: randomUUID() };
    const id = await startExport(app, input);
    expect(await startExport(app, input)).toBe(id);
    expect(await postExport(app, { ...input, format: 'CSV' })).toMatchObject({ code: 'CONFLICT' });
  });

  it('of a format without columns takes no choices for columns', async () => {
    expect(await postExport(app, { format: 'NDJSON', table: { json: true } })).toMatchObject({
      code: 'VALIDATION_FAILED',
      problems: [{ code: 'CONTRADICTION', message: 'NDJSON has no columns.', path: ['input', 'table'] }],
    });
  });

  it('with a filter that cannot be answered is refused at once', async () => {
    expect(await postExport(app, { format: 'NDJSON', filter: { text: '…' } })).toMatchObject({
      code: 'VALIDATION_FAILED',
      problems: [{ code: 'NO_WORD' }],
    });
  });

  it.each([
    [{ keepDays: 0 }, 'keepDays'],
    [{ keepDays: 31 }, 'keepDays'],
    [{ filter: { verbs: ['no IRI'] } }, 'filter.verbs'],
    [{ table: { language: '' } }, 'table.language'],
  ])('of %j is refused', async (input, path) => {
    const { code, problems } = await postExport(app, { format: 'CSV', ...input });
    expect(code).toBe('VALIDATION_FAILED');
    expect((problems as { path: string[] }[])[0]!.path.join('.')).toContain(path);
  });

  it('needs a key that may read statements by GraphQL', async () => {
    const reader = await keyWith(['RECORDS_READ']);
    const { id } = await exported(app, { format: 'CSV', filter: { since: '2030-01-01T00:00:00Z' } }, reader);
    const writer = await keyWith(['STATEMENTS_WRITE', 'STATEMENTS_READ', 'AUTHOR', 'PUBLISH']);
    await expect(startExport(app, { format: 'CSV' }, writer)).rejects.toThrow('FORBIDDEN');
    await expect(exportState(app, id, writer)).rejects.toThrow('FORBIDDEN');
    expect(await statusOf(download(app, id, { key: writer }))).toBe(403);
  });

  it('is invisible to other organizations, and has nothing of them', async () => {
    const activity = mark();
    const ids = await post(app, statementsAbout(activity, 2));
    const { id, statements } = await exported(app, { format: 'CSV', filter: { ids } });
    expect(statements).toBe(2);
    const other = await organization();
    expect(await exportState(app, id, other)).toBeNull();
    expect(await statusOf(download(app, id, { key: other }))).toBe(404);
    for (const filter of [about(activity), { ids }]) {
      expect((await exported(app, { format: 'NDJSON', filter }, other)).statements).toBe(0);
    }
  });
});

/** Files of an export in the storage. */
async function blobsOf(id: string): Promise<number> {
  const files = await readdir(`${app.config.dataDirectory}/blobs/exports`, { recursive: true, withFileTypes: true });
  return files.filter((file) => file.isFile() && file.parentPath.includes(id)).length;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50);
}
