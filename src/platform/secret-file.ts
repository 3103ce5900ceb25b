import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.js';

/**
 * A secret kept in a file below the data folder, generated when it is not there yet (256 random bits, base64url).
 * The file appears whole or not at all, readable by its owner only, also when two processes start at once.
 *
 * @param shape wraps the random part, for example with a key id in front.
 * @throws StartError when the folder cannot be written or the file is empty.
 */
export function readOrCreateSecret(
  directory: string,
  name: string,
  shape: (random: string) => string = (random) => random,
): { value: string; file: string } {
  const file = join(directory, name);
  try {
    const value = readExisting(file) ?? create(directory, file, shape(randomBytes(32).toString('base64url')));
    if (value === '') throw new StartError(`The file ${file} is empty; delete it to have a new secret made.`);
    return { value, file };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`The secret in ${file} cannot be read or written: ${(error as Error).message}.`);
  }
}

function readExisting(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function create(directory: string, file: string, value: string): string {
  mkdirSync(directory, { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${value}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
    return value;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8').trim();
  } finally {
    rmSync(draft, { force: true });
  }
}
