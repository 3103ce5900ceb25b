import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import type { EmbeddedOptions } from '../../src/platform/database/embedded/embedded-postgres.js';
import { sharedBuffers } from '../../src/platform/database/embedded/server-memory.js';
import { withClient } from '../../src/platform/database/server.js';
import { StartError } from '../../src/platform/start-error.js';

describe('the embedded database', () => {
  let folder: string;
  let server: EmbeddedPostgres | undefined;
  const lost: Error[] = [];

  const start = async (options: Partial<EmbeddedOptions> = {}) => {
    const directory = join(folder, 'postgres');
    server = await EmbeddedPostgres.start({ directory, onLost: (reason) => lost.push(reason), ...options });
    return server;
  };
  const query = async (text: string) =>
    withClient(server!.url('lectern'), async (client) => (await client.query<Record<string, unknown>>(text)).rows);

  // One cluster for all tests that do not say otherwise: to make one takes longer than what most of them do with it.
  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'lectern-embedded-'));
  });
  beforeEach(() => void (lost.length = 0));
  afterEach(async () => {
    await server?.stop();
    server = undefined;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps what was written from one start to the next, durably', async () => {
    await start();
    await query('CREATE TABLE kept AS SELECT 42 AS answer');
    await server!.stop();
    await start();
    expect(await query('SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(
      await query("SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit"),
    ).toEqual([{ fsync: 'on', commit: 'on' }]);
  });

  it('keeps as much of its tables in memory as the machine allows', async () => {
    await start();
    expect(await query("SELECT pg_size_bytes(current_setting('shared_buffers')) AS bytes")).toEqual([
      { bytes: String(Number.parseInt(sharedBuffers(), 10) * 1024 ** 2) },
    ]);
  });

  it('sorts text by Unicode code points and speaks UTF-8, whatever the machine does', async () => {
    await start();
    expect(
      await query(
        'SELECT datlocprovider AS provider, datlocale AS locale FROM pg_database WHERE datname = current_database()',
      ),
    ).toEqual([{ provider: 'b', locale: 'C.UTF-8' }]);
  });

  it('is started again when its process is killed', async () => {
    await start();
    await query('CREATE TABLE kept_through_crash AS SELECT 42 AS answer');
    const { pid } = server!;
    process.kill(pid!, 'SIGKILL');
    while (server!.pid === pid) await sleep(20);
    await waitUntil(() => query('SELECT answer FROM kept_through_crash'));
    expect(lost).toEqual([]);
  });

  it('refuses a second start on the same folder and says which process has it', async () => {
    await start();
    const second = EmbeddedPostgres.start({ directory: join(folder, 'postgres'), onLost: () => undefined });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(
      `The data folder ${folder} is in use by another Lectern (process ${process.pid})`,
    );
  });

  it('starts although a killed service left its lock, also when its process id lives on in another process', async () => {
    await writeFile(join(folder, 'owner.lock'), JSON.stringify({ pid: process.pid, began: 'long ago' }));
    await start();
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts although a killed server left a process id that now belongs to another process', async () => {
    await start();
    const pidFile = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8');
    await server!.stop();
    await writeFile(join(folder, 'postgres/postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));
    await start();
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('does not take a half-made cluster for a database', async () => {
    const half = join(folder, 'half-made');
    await mkdir(join(half, 'postgres.new'), { recursive: true });
    await writeFile(join(half, 'postgres.new/PG_VERSION'), '18\n');
    await start({ directory: join(half, 'postgres') });
    expect(existsSync(join(half, 'postgres.new'))).toBe(false);
  });

  it('works below a folder that is closed to other users and has a path longer than a socket may have', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    await start({ directory: join(closed, 'a-long-name-'.repeat(12), 'postgres') });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('listens on loopback where there are no unix sockets, and asks for the password', async () => {
    await start({ loopback: true });
    expect(await query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    const address = new URL(server!.url('lectern'));
    expect(address.hostname).toBe('127.0.0.1');
    address.password = 'wrong';
    await expect(withClient(address.href, () => Promise.resolve())).rejects.toThrow('password authentication failed');
  });

  it('refuses the data folder of another major version', async () => {
    const old = join(folder, 'old/postgres');
    await mkdir(old, { recursive: true });
    await writeFile(join(old, 'PG_VERSION'), '16\n');
    await expect(start({ directory: old })).rejects.toThrow('is of PostgreSQL 16; this version opens 18.');
  });

  it('lets clients that are just leaving go in peace, and does not wait for those that stay', async () => {
    await start();
    const clients = await Promise.all([connected(server!), connected(server!)]);
    const [leaving, staying] = clients.map((client) => new Promise((resolve) => client.on('error', resolve)));
    const left = sleep(200).then(() => clients[0].end());
    await server!.stop();
    server = undefined;
    await left;
    expect(await Promise.race([leaving, sleep(50, 'in peace')])).toBe('in peace');
    expect(await staying).toMatchObject({ message: 'terminating connection due to administrator command' });
  });

  it('leaves no socket, no lock and no process behind when it stops', async () => {
    await start();
    const { pid } = server!;
    const socketFolder = decodeURIComponent(new URL(server!.url('lectern')).host);
    await server!.stop();
    server = undefined;
    expect(existsSync(socketFolder)).toBe(false);
    expect(existsSync(join(folder, 'owner.lock'))).toBe(false);
    expect(() => process.kill(pid!, 0)).toThrow('ESRCH');
  });
});

async function connected(server: EmbeddedPostgres): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: server.url('lectern') });
  await client.connect();
  return client;
}

async function waitUntil(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      await sleep(50);
    }
  }
}
