import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../start-error.js';

const FAST_SHUTDOWN_MS = 20_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Stops a database server that outlived the service that started it. The caller holds the lock of the data folder, so a
 * server that still runs on it belongs to nobody.
 *
 * @throws StartError when it cannot be stopped.
 */
export async function retireOrphan(directory: string): Promise<void> {
  const pidFile = join(directory, 'postmaster.pid');
  const pid = firstLine(pidFile);
  if (pid === undefined) return;
  if (!worksIn(pid, directory)) {
    // PostgreSQL takes any living process with that number for a server, also one that merely inherited the number.
    rmSync(pidFile, { force: true });
    return;
  }
  if (await stopped(pid, directory, 'SIGINT', FAST_SHUTDOWN_MS)) return;
  if (await stopped(pid, directory, 'SIGQUIT', IMMEDIATE_SHUTDOWN_MS)) return;
  throw new StartError(`A database server from an earlier start (process ${pid}) does not stop; stop it by hand.`);
}

async function stopped(pid: number, directory: string, signal: NodeJS.Signals, patienceMs: number): Promise<boolean> {
  process.kill(pid, signal);
  const deadline = Date.now() + patienceMs;
  while (worksIn(pid, directory)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

function firstLine(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A PostgreSQL server's working folder is its data folder, and its command line names it. */
function worksIn(pid: number, directory: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
    if (process.platform === 'win32') return false;
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(directory);
  } catch {
    // No such process, or one of somebody else, which cannot be our server either.
    return false;
  }
}
