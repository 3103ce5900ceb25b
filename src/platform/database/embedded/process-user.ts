import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { StartError } from '../../start-error.js';

/** PostgreSQL refuses to run as root. This id ("nobody" nearly everywhere) needs no entry in the list of users. */
const UNPRIVILEGED = 65_534;

/** Capabilities that let a process enter folders closed to it, the narrower one first: number and name. */
const CAPABILITIES = [
  [2, 'dac_read_search'],
  [1, 'dac_override'],
] as const;

/** How the database's programs are started, and who they run as. */
export interface ProcessUser {
  /** Goes in front of each command. */
  readonly prefix: readonly string[];
  readonly spawnOptions: { readonly uid?: number; readonly gid?: number };
  /** Undefined where the system knows no user ids. */
  readonly uid: number | undefined;
  /** Hands a file or folder to the user; nothing to do when that is ourselves. */
  own(path: string): void;
}

const OURSELVES: ProcessUser = { prefix: [], spawnOptions: {}, uid: process.getuid?.(), own: () => undefined };

/**
 * Chooses the user of the database process: ourselves, or as root an unprivileged one. When folders above the paths are
 * closed to that one (a clone in root's home folder), it is given the capability to pass through them, where Linux can.
 *
 * @param paths folders and programs that the process must reach.
 * @throws StartError naming the path that cannot be reached.
 */
export function chooseProcessUser(paths: readonly string[]): ProcessUser {
  if (process.getuid?.() !== 0) return OURSELVES;
  const identity = { uid: UNPRIVILEGED, gid: UNPRIVILEGED };
  const own = (path: string) => chownSync(path, UNPRIVILEGED, UNPRIVILEGED);
  const closed = paths.find((path) => !reaches([], identity, path));
  if (closed === undefined) return { prefix: [], spawnOptions: identity, uid: UNPRIVILEGED, own };
  const prefix = prefixWithCapability();
  if (prefix && paths.every((path) => reaches(prefix, {}, path)))
    return { prefix, spawnOptions: {}, uid: UNPRIVILEGED, own };
  throw new StartError(
    `The database process does not run as root, and user ${UNPRIVILEGED} cannot reach ${closed}: ` +
      'open the folders above it (chmod o+x), set DATA_DIR to a folder elsewhere, or start the service as an ordinary user.',
  );
}

function reaches(prefix: readonly string[], spawnOptions: object, path: string): boolean {
  const [program, ...args] = [...prefix, '/bin/sh', '-c', 'test -x "$1"', 'sh', path];
  return spawnSync(program, args, { ...spawnOptions, cwd: '/', stdio: 'ignore' }).status === 0;
}

function prefixWithCapability(): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const held = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'utf8'))![1]}`);
  const capability = CAPABILITIES.find(([bit]) => (held >> BigInt(bit)) & 1n)?.[1];
  if (!capability) return undefined;
  return [
    'setpriv',
    `--reuid=${UNPRIVILEGED}`,
    `--regid=${UNPRIVILEGED}`,
    '--clear-groups',
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=-all,+${capability}`,
    // access(2), by which initdb looks for its programs, counts capabilities only with this bit.
    '--securebits=+no_setuid_fixup',
  ];
}
