import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { LecternClient } from './lectern-client.js';

const START_TIMEOUT_MS = 120_000;

export interface RunningService {
  readonly client: LecternClient;
  stop(): Promise<void>;
}

/** The service at LECTERN_URL with the key LECTERN_API_KEY; without them, one of the demo's own on an empty database. */
export async function connect(root: string, folder: string, environment: NodeJS.ProcessEnv): Promise<RunningService> {
  const { LECTERN_URL: url, LECTERN_API_KEY: key } = environment;
  if (url !== undefined && key === undefined)
    throw new Error("Set LECTERN_API_KEY to an administrator's key of the service at LECTERN_URL.");
  if (url !== undefined && key !== undefined)
    return { client: new LecternClient(url, key), stop: () => Promise.resolve() };
  return startOwn(root, folder);
}

async function startOwn(root: string, folder: string): Promise<RunningService> {
  const dataFolder = join(folder, 'data');
  await rm(dataFolder, { recursive: true, force: true });
  const port = await freePort();
  const key = `demo:${randomBytes(32).toString('hex')}`;
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/src/main.js')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: dataFolder,
      LECTERN_API_KEY: key,
      SAMPLE_COURSE: 'false',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const client = new LecternClient(`http://127.0.0.1:${port}`, key);
  await ready(client, child);
  return { client, stop: () => stopped(child) };
}

async function ready(client: LecternClient, child: ChildProcess): Promise<void> {
  const giveUp = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The service stopped with code ${child.exitCode}.`);
    const isReady = await client.fetch('/health/ready').then(
      () => true,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > giveUp) throw new Error('The service did not become ready within two minutes.');
    await wait(200);
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
