import { randomBytes } from 'node:crypto';
import { migrate } from '../../src/platform/database/migrate.js';
import { prepareRoles, withClient } from '../../src/platform/database/server.js';
import type { DatabaseAddresses } from '../../src/platform/database/server.js';

const TEMPLATE = 'lectern_template';
const TEMPLATE_LOCK = 5_318_008_002;

/** A migrated database of one test file. */
export interface TestDatabase extends DatabaseAddresses {
  /** Drops it. @throws Error when somebody still has a connection: a leak. */
  drop(): Promise<void>;
}

/** Clones the migrated template, which the first caller of the run makes. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withClient(clusterUrl('postgres'), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [TEMPLATE]);
    if (rowCount === 0) await createTemplate();
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
  });
  return { ...(await prepareRoles(clusterUrl(name))), drop: () => drop(name) };
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `empty_${randomBytes(6).toString('hex')}`;
  await withClient(clusterUrl('postgres'), (client) => client.query(`CREATE DATABASE ${name}`));
  return { url: clusterUrl(name), drop: () => drop(name) };
}

/** Address of a database of the run's cluster, as its superuser. */
export function clusterUrl(database: string): string {
  const given = process.env['TEST_CLUSTER_URL'];
  if (given === undefined)
    throw new Error('The test cluster is not running: tests are run by jest with jest.config.js.');
  return given.replace(/\/postgres$/, `/${database}`);
}

async function createTemplate(): Promise<void> {
  await withClient(clusterUrl('postgres'), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
    await client.query(`CREATE DATABASE ${TEMPLATE}`);
    const { ownerUrl } = await prepareRoles(clusterUrl(TEMPLATE));
    await migrate(ownerUrl);
    await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
  });
}

async function drop(name: string): Promise<void> {
  await withClient(clusterUrl('postgres'), async (client) => {
    const leaked = await connectionsTo(name);
    await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    if (leaked.length > 0) throw new Error(`Connections were left open; their last statements: ${leaked.join(' | ')}`);
  });
}

/** A closed connection's server process takes a moment to leave; what is there after a second is a leak. */
async function connectionsTo(name: string): Promise<string[]> {
  return withClient(clusterUrl('postgres'), async (client) => {
    for (let attempt = 0; ; attempt += 1) {
      const { rows } = await client.query<{ query: string }>(
        `SELECT query FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
        [name],
      );
      if (rows.length === 0 || attempt === 20) return rows.map((row) => row.query);
      await client.query('SELECT pg_sleep(0.05)');
    }
  });
}
