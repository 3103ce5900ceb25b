import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { importFile } from '../support/import-file.js';
import { exported, exportState, exportThat, fileOf, startExport } from '../support/statement-exports.js';
import { importThat, postImport } from '../support/statement-imports.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt } from '../support/test-app.js';
import type { ServiceUnderTest } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { readParquet } from '../support/tables.js';
import { until } from '../support/pipes.js';
import type { Json } from '../support/statements.js';

const STATEMENTS = 4_000;
/** Some 30 parts. */
const SETTINGS = { EXPORT_PART_BYTES: '150000' };

jest.setTimeout(240_000);

describe('an export that is cut off by kill -9', () => {
  let folder: string;
  let database: TestDatabase;
  let service: ServiceProcess;
  let imported: string;
  const app = (): ServiceUnderTest => serviceAt(service.url);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-export-crash-'));
    database = await createTestDatabase();
    service = await start();
    const answer = await postImport(app(), importFile(STATEMENTS));
    const { id } = (await answer.json()) as { id: string };
    expect(await importThat(app(), id)).toMatchObject({ status: 'DONE', stored: STATEMENTS });
    imported = new Date().toISOString();
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = () => ServiceProcess.start(folder, { DATABASE_URL: database.ownerUrl, ...SETTINGS });

  /** Two at once: as many as one process makes. @returns their ids */
  async function startAndKill(inputs: readonly [Json, Json]): Promise<string[]> {
    const ids: string[] = [];
    for (const input of inputs) ids.push(await startExport(app(), input));
    for (const id of ids) await exportThat(app(), id, (state) => state.statements > 0);
    const states = await Promise.all(ids.map((id) => exportState(app(), id)));
    await service.end('SIGKILL');
    for (const state of states) {
      expect(state).toMatchObject({ status: 'RUNNING' });
      expect(state!.statements).toBeLessThan(STATEMENTS);
    }
    service = await start();
    return ids;
  }

  async function expectSameAsUndisturbed(id: string, input: Json, read: (file: Buffer) => unknown): Promise<void> {
    const resumed = await exportThat(app(), id);
    expect(resumed).toMatchObject({ status: 'DONE', statements: STATEMENTS, error: null, progress: 100 });
    const undisturbed = await exported(app(), input);
    const file = await fileOf(app(), id);
    expect(await read(file)).toEqual(await read(undisturbed.file));
    expect(resumed.bytes).toBe(file.length);
    expect(file).toEqual(undisturbed.file);
  }

  const textIn = (file: Buffer) => gunzipSync(file).toString('utf8');
  const rowsIn = async (file: Buffer) => (await readParquet(file)).rows;

  it('goes on where it was: its file says what an undisturbed one says (NDJSON, CSV)', async () => {
    const filter = { until: imported };
    const [ndjson, csv] = [
      { format: 'NDJSON', filter },
      { format: 'CSV', filter },
    ];
    const [first, second] = await startAndKill([ndjson, csv]);
    await expectSameAsUndisturbed(first!, ndjson, textIn);
    await expectSameAsUndisturbed(second!, csv, textIn);
  });

  it('goes on where it was (PARQUET), and leaves nothing when it is deleted then', async () => {
    const parquet = { format: 'PARQUET', filter: { until: imported } };
    const [first, second] = await startAndKill([parquet, { format: 'NDJSON' }]);
    await app().graphql('mutation ($id: ID!) { deleteStatementExport(id: $id) { __typename } }', { id: second });
    expect(await exportState(app(), second!)).toMatchObject({ status: 'DELETED' });
    await expectSameAsUndisturbed(first!, parquet, rowsIn);
    const files = () => readdir(join(folder, 'blobs/exports'), { recursive: true, withFileTypes: true });
    await until(async () => !(await files()).some((file) => file.isFile() && file.parentPath.includes(second!)));
  });
});
