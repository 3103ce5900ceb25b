import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../../start-error.js';
import { MAJOR_VERSION } from './binaries.js';
import type { Binaries } from './binaries.js';
import type { ProcessUser } from './process-user.js';

/** Name of the superuser and of the database. */
export const OWNER = 'lectern';

/** A data folder, and what is needed to make it and run it. */
export interface Cluster {
  readonly directory: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly user: ProcessUser;
}

/** What the database's programs get to see of our environment: none of our secrets. */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  SYSTEMROOT: process.env['SYSTEMROOT'],
  TZ: 'UTC',
});

/**
 * Makes the data folder of a new cluster, unless there is one. It gets its name when it is complete, so a start that was
 * killed half-way leaves nothing that a later one would take for a database.
 *
 * @throws StartError when the folder is of another major version or initdb fails.
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const { directory, user } = cluster;
  const version = join(directory, 'PG_VERSION');
  if (existsSync(version)) {
    const found = readFileSync(version, 'utf8').trim();
    if (found === MAJOR_VERSION) return;
    throw new StartError(
      `The data folder ${directory} is of PostgreSQL ${found}; this version opens ${MAJOR_VERSION}.`,
    );
  }
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  user.own(draft);
  const passwordFile = `${directory}.password`;
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  user.own(passwordFile);
  try {
    await initialize(draft, passwordFile, cluster);
  } finally {
    rmSync(passwordFile);
  }
  renameSync(draft, directory);
}

async function initialize(directory: string, passwordFile: string, { binaries, user }: Cluster): Promise<void> {
  const [program, ...args] = [
    ...user.prefix,
    binaries.initdb,
    `--pgdata=${directory}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  const child = spawn(program, args, {
    ...user.spawnOptions,
    cwd: dirname(binaries.initdb),
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0)
    throw new StartError(`The embedded database cannot be made: ${complaints.trim() || `initdb: ${code}`}`);
}
