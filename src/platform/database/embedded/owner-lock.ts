import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../../start-error.js';

/** The process that holds a data folder. The moment it began tells it from a later one with the same number. */
interface Owner {
  readonly pid: number;
  readonly began: string;
}

/**
 * Takes a folder for this process by a file that names it. A file left by a killed process does not count.
 *
 * @returns a function that gives the folder back.
 * @throws StartError when another living process has it.
 */
export function lockFolder(file: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, began: beginningOf(process.pid) ?? '' } satisfies Owner);
  while (!createWhole(file, mine)) {
    const found = readIfThere(file);
    if (found === undefined) continue;
    const owner = parseOwner(found);
    if (owner && isAlive(owner)) {
      throw new StartError(
        `The data folder ${dirname(file)} is in use by another Lectern (process ${owner.pid}): ` +
          'stop that one, or set DATA_DIR to another folder.',
      );
    }
    removeStale(file, found);
  }
  return () => {
    if (readIfThere(file) === mine) rmSync(file, { force: true });
  };
}

/** The file appears with its content or not at all. */
function createWhole(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the file away; if another process replaced it in between, puts that one's file back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readIfThere(aside) !== stale) renameSync(aside, file);
  rmSync(aside, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, began } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined;
  } catch {
    // The file was torn by a crash of the machine: nobody owns the folder any more.
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  return beginningOf(owner.pid) === owner.began;
}

/** When a living process began, in whatever unit the system tells it; undefined when there is none. */
function beginningOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    const stat = readIfThere(`/proc/${pid}/stat`);
    // proc(5): the 22nd field; the second, the command's name, may hold blanks and ends with the last parenthesis.
    return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  }
  if (process.platform === 'win32') return signalReaches(pid) ? 'running' : undefined;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    // ps fails when there is no such process.
    return undefined;
  }
}

function signalReaches(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
