import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessUser } from './process-user.js';

/** sun_path holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock" to the folder. */
const LONGEST_FOLDER = 107 - '/.s.PGSQL.5432.lock'.length;

/** Where the server listens. */
export interface Endpoint {
  /** Host of the address: a folder with a socket (written in percent encoding), or a loopback address with a port. */
  readonly host: string;
  /** Parameters of the server. */
  readonly parameters: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * A unix socket in a folder of the server's user only. Its path is short, whatever the data folder's, and the same at
 * each start, so that a killed service leaves no second one.
 */
export function socketEndpoint(dataFolder: string, user: ProcessUser): Endpoint {
  const folder = socketFolder(dataFolder, user);
  return {
    host: encodeURIComponent(folder),
    parameters: { listen_addresses: '', unix_socket_directories: folder, unix_socket_permissions: '0700' },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A free port on 127.0.0.1, where Node cannot speak over unix sockets (Windows). */
export async function loopbackEndpoint(): Promise<Endpoint> {
  const port = String(await freePort());
  return {
    host: `127.0.0.1:${port}`,
    parameters: { listen_addresses: '127.0.0.1', port, unix_socket_directories: '' },
    close: () => undefined,
  };
}

function socketFolder(dataFolder: string, user: ProcessUser): string {
  const digest = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const base = Buffer.byteLength(join(tmpdir(), `lectern-${digest}`)) <= LONGEST_FOLDER ? tmpdir() : '/tmp';
  const folder = join(base, `lectern-${digest}`);
  const usable = makeFolder(folder) || isOurs(folder, user);
  // Somebody else sits on the name: take one that nobody can foresee.
  const taken = usable ? folder : mkdtempSync(`${folder}-`);
  user.own(taken);
  return taken;
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isOurs(folder: string, user: ProcessUser): boolean {
  const found = lstatSync(folder);
  const owners = [process.getuid?.(), user.uid];
  return found.isDirectory() && owners.includes(found.uid) && (found.mode & 0o077) === 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
