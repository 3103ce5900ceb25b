/** Exports of statements whose parts lie in S3-compatible storage. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { importFile } from '../support/import-file.js';
import { S3Server } from '../support/s3-server.js';
import { ServiceProcess } from '../support/service-process.js';
import {
  download,
  exportState,
  exportThat,
  exported,
  fileOf,
  letTimePass,
  startExport,
  statementsOf,
  statusOf,
} from '../support/statement-exports.js';
import { importThat, postImport } from '../support/statement-imports.js';
import { idOf } from '../support/statements.js';
import { serviceAt } from '../support/test-app.js';
import type { ServiceUnderTest } from '../support/test-app.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';

const STATEMENTS = 3_000;
/** Some 20 parts. */
const PART_BYTES = 150_000;

jest.setTimeout(240_000);

describe('an export to S3', () => {
  let folder: string;
  let s3: S3Server;
  let database: TestDatabase;
  let service: ServiceProcess;
  let imported: string;
  const app = (): ServiceUnderTest => serviceAt(service.url);
  const input = () => ({ format: 'NDJSON', filter: { until: imported } });
  const objectsOf = async (id: string) => (await s3.objects()).filter((name) => name.includes(id)).length;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-export-s3-'));
    s3 = await S3Server.start();
    database = await createTestDatabase();
    service = await start();
    const answer = await postImport(app(), importFile(STATEMENTS));
    const { id } = (await answer.json()) as { id: string };
    expect(await importThat(app(), id)).toMatchObject({ status: 'DONE', stored: STATEMENTS });
    imported = new Date().toISOString();
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    await s3.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = () =>
    ServiceProcess.start(folder, {
      DATABASE_URL: database.ownerUrl,
      STORAGE_URL: s3.storageUrl('some/prefix'),
      AWS_ACCESS_KEY_ID: process.env['AWS_ACCESS_KEY_ID']!,
      AWS_SECRET_ACCESS_KEY: process.env['AWS_SECRET_ACCESS_KEY']!,
      EXPORT_PART_BYTES: String(PART_BYTES),
    });

  it('has every statement once and in order, from parts that are objects of the bucket', async () => {
    const { id, file, statements, bytes } = await exported(app(), { ...input(), compressed: false });
    expect({ statements, bytes }).toEqual({ statements: STATEMENTS, bytes: file.length });
    const found = statementsOf(file);
    expect(new Set(found.map(idOf)).size).toBe(STATEMENTS);
    const times = found.map(({ stored }) => stored as string);
    expect(times).toEqual(times.toSorted());
    expect(await objectsOf(id)).toBeGreaterThan(10);
  });

  it('comes in ranges: of one part, over the borders of several, and from the end', async () => {
    const { id, file } = await exported(app(), { ...input(), compressed: false });
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 1],
      [`bytes=${PART_BYTES - 300}-${3 * PART_BYTES + 300}`, PART_BYTES - 300, 3 * PART_BYTES + 301],
      [`bytes=${file.length - 700}-`, file.length - 700, file.length],
      ['bytes=-700', file.length - 700, file.length],
    ] as const) {
      const answer = await download(app(), id, { headers: { range } });
      expect([range, answer.status]).toEqual([range, 206]);
      expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${file.length}`);
      expect(Buffer.from(await answer.arrayBuffer()).equals(file.subarray(start, end))).toBe(true);
    }
  });

  it('goes on where it was after kill -9: its file is that of an undisturbed one', async () => {
    const id = await startExport(app(), input());
    const { statements, status } = await exportThat(app(), id, (state) => state.statements > 0);
    await service.end('SIGKILL');
    expect(status).toBe('RUNNING');
    expect(statements).toBeLessThan(STATEMENTS);
    service = await start();
    expect(await exportThat(app(), id)).toMatchObject({ status: 'DONE', statements: STATEMENTS, error: null });
    const undisturbed = await exported(app(), input());
    const file = await fileOf(app(), id);
    expect(file.equals(undisturbed.file)).toBe(true);
    expect(statementsOf(gunzipSync(file))).toHaveLength(STATEMENTS);
  });

  it('is gone from the bucket when its time is over, and other exports stay', async () => {
    const [over, kept] = [await exported(app(), input()), await exported(app(), input())];
    const objects = await objectsOf(kept.id);
    expect(await objectsOf(over.id)).toBe(objects);
    await letTimePass({ database }, over.id, '30 days');
    await exportThat(app(), over.id, ({ status }) => status === 'EXPIRED');
    expect(await statusOf(download(app(), over.id))).toBe(404);
    while ((await objectsOf(over.id)) > 0) await wait(50);
    expect(await exportState(app(), over.id)).toMatchObject({ status: 'EXPIRED', url: null });
    expect(await objectsOf(kept.id)).toBe(objects);
    expect((await fileOf(app(), kept.id)).equals(kept.file)).toBe(true);
  });
});
