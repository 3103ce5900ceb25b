import { join } from 'node:path';
import type { Config } from '../../config.js';
import { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import { migrate } from './migrate.js';
import { prepareRoles, requireRowSecurity } from './server.js';
import type { DatabaseAddresses } from './server.js';

/** Injection token of the {@link Database}. */
export const DATABASE = Symbol('DATABASE');

/** A migrated database that is ready for use. */
export interface Database extends DatabaseAddresses {
  readonly embedded: boolean;
  /** Stops the embedded database; a no-op for any other. */
  stop(): Promise<void>;
}

/**
 * Opens the database of the configuration, starting the embedded one when no DATABASE_URL is set; migrates it, and makes
 * sure that row-level security binds the service.
 *
 * @throws StartError when it cannot be used.
 */
export async function openDatabase(config: Config, onLost: (reason: Error) => void): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    return { ...(await readyAddresses(config.databaseUrl)), embedded: false, stop: () => Promise.resolve() };
  }
  const server = await EmbeddedPostgres.start({ directory: join(config.dataDirectory, 'postgres'), onLost });
  try {
    return { ...(await readyAddresses(server.url('lectern'))), embedded: true, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function readyAddresses(url: string): Promise<DatabaseAddresses> {
  const addresses = await prepareRoles(url);
  await migrate(addresses.ownerUrl);
  await requireRowSecurity(addresses.serviceUrl);
  return addresses;
}
