import { mkdtemp, rm } from 'node:fs/promises';
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

  async function startAndKill(input: Record<string, unknown>): Promise<string> {
    const id = await startExport(app(), input);
    const { statements, status } = await exportThat(app(), id, (state) => state.statements > 0);
    await service.end('SIGKILL');
    expect(status).toBe('RUNNING');
    expect(statements).toBeLessThan(STATEMENTS);
    service = await start();
    return id;
  }

  it.each([
    ['NDJSON', (file: Buffer) => Promise.resolve(gunzipSync(file).toString('utf8'))],
    ['CSV', (file: Buffer) => Promise.resolve(gunzipSync(file).toString('utf8'))],
    ['PARQUET', async (file: Buffer) => (await readParquet(file)).rows],
  ])('goes on where it was (%s): its file says what an undisturbed one says', async (format, read) => {
    const input = { format, filter: { until: imported } };
    const id = await startAndKill(input);
    const resumed = await exportThat(app(), id);
    expect(resumed).toMatchObject({ status: 'DONE', statements: STATEMENTS, error: null, progress: 100 });
    const undisturbed = await exported(app(), input);
    const file = await fileOf(app(), id);
    expect(await read(file)).toEqual(await read(undisturbed.file));
    expect(resumed.bytes).toBe(file.length);
    expect(file).toEqual(undisturbed.file);
  });

  it('and then deleted leaves nothing', async () => {
    const id = await startAndKill({ format: 'NDJSON' });
    await app().graphql('mutation ($id: ID!) { deleteStatementExport(id: $id) { __typename } }', { id });
    expect(await exportState(app(), id)).toMatchObject({ status: 'DELETED' });
  });
});
