import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import { withClient } from '../../src/platform/database/server.js';
import { importFile, inventory } from '../support/import-file.js';
import type { Inventory } from '../support/import-file.js';
import { importThat, postImport } from '../support/statement-imports.js';
import type { ImportState } from '../support/statement-imports.js';
import { ServiceProcess } from '../support/service-process.js';
import { serviceAt } from '../support/test-app.js';

/** `npm run soak:import` takes a million. */
const STATEMENTS = Number(process.env['IMPORT_STATEMENTS'] ?? 6_000);
const FIGURES = process.env['IMPORT_FIGURES'];

/** After which share of the statements who is killed. */
const KILLS = [
  { share: 0.2, kill: 'SERVICE' },
  { share: 0.45, kill: 'DATABASE' },
  ...(FIGURES === undefined ? [] : [{ share: 0.7, kill: 'SERVICE' }]),
] as const;

jest.setTimeout(Math.max(240_000, STATEMENTS * 30));

describe('an import that is cut off by kill -9', () => {
  let folder: string;
  let service: ServiceProcess;
  let memoryPeak = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lectern-import-crash-'));
    service = await ServiceProcess.start(folder);
  });
  afterAll(async () => {
    await service.end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  });

  /** Requests fail while the database is away. */
  async function importPast(id: string, share: number): Promise<ImportState> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await importThat(serviceAt(service.url), id, ({ lines }) => lines > STATEMENTS * share);
      } catch (error) {
        if (failures > 100) throw error;
        await sleep(200);
      }
    }
  }

  async function noteMemory(): Promise<void> {
    memoryPeak = Math.max(memoryPeak, await peakOf(service.pid));
  }

  async function killService(): Promise<void> {
    await noteMemory();
    await service.end('SIGKILL');
    service = await ServiceProcess.start(folder);
  }

  it('goes on where it was, and every statement is there exactly once', async () => {
    const began = performance.now();
    const answer = await postImport(serviceAt(service.url), importFile(STATEMENTS));
    const { id } = (await answer.json()) as { id: string };
    const sent = performance.now();

    const cutOffAt: number[] = [];
    for (const { share, kill } of KILLS) {
      cutOffAt.push((await importPast(id, share)).lines);
      if (kill === 'SERVICE') await killService();
      else process.kill(await service.databasePid(), 'SIGKILL');
    }
    expect(Math.max(...cutOffAt)).toBeLessThan(STATEMENTS);

    await importPast(id, 0.95);
    const done = await importThat(serviceAt(service.url), id);
    expect(done).toMatchObject({ status: 'DONE', error: null, lines: STATEMENTS, stored: STATEMENTS, refused: 0 });
    const seconds = (performance.now() - sent) / 1_000;
    await noteMemory();
    await service.end('SIGTERM');
    expect(await inventoryOf(folder)).toEqual({ missing: 0, twice: 0, foreign: 0 });
    if (FIGURES !== undefined)
      await writeFigures({ sendSeconds: (sent - began) / 1_000, seconds, cutOffAt, memoryPeak });
  });
});

/** Looks into the database of a service that has stopped. */
async function inventoryOf(folder: string): Promise<Inventory> {
  Logger.overrideLogger(false);
  const onLost = (reason: Error) => {
    throw reason;
  };
  const server = await EmbeddedPostgres.start({ directory: join(folder, 'postgres'), onLost });
  try {
    return await withClient(server.url('lectern'), (client) => inventory(client, STATEMENTS));
  } finally {
    await server.stop();
  }
}

/** Most memory that a process has had, in bytes; 0 where the system does not tell. */
async function peakOf(pid: number): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

async function writeFigures(measured: {
  sendSeconds: number;
  seconds: number;
  cutOffAt: readonly number[];
  memoryPeak: number;
}): Promise<void> {
  const { sendSeconds, seconds, cutOffAt, memoryPeak } = measured;
  const figures = {
    statements: STATEMENTS,
    'seconds to send the file': Math.round(sendSeconds),
    'seconds to import it, crashes and starts included': Math.round(seconds),
    'statements a second': Math.round(STATEMENTS / seconds),
    'peak of memory of the service, MiB': Math.round(memoryPeak / 1_024 ** 2),
    'killed at statement': cutOffAt.join(', '),
    cores: cpus().length,
  };
  await mkdir(dirname(FIGURES!), { recursive: true });
  await writeFile(FIGURES!, `${JSON.stringify(figures, null, 2)}\n`);
}
