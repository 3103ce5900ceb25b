import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Config } from '../../src/config.js';
import { openDatabase } from '../../src/platform/database/database.js';
import type { Database } from '../../src/platform/database/database.js';
import { prepareRoles, withClient } from '../../src/platform/database/server.js';
import { clusterUrl, createEmptyDatabase } from '../support/test-database.js';

const ONE = randomUUID();
const OTHER = randomUUID();

describe('a database of DATABASE_URL', () => {
  let empty: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let user: string;
  beforeEach(async () => {
    empty = await createEmptyDatabase();
    user = `user_${randomBytes(4).toString('hex')}`;
  });
  afterEach(async () => {
    await empty.drop();
    await asSuperuser(`DROP ROLE ${user}`);
  });

  const asSuperuser = (text: string) => withClient(clusterUrl('postgres'), (client) => client.query(text));

  /** Opens the empty database as a new user with these attributes, who owns it. */
  async function openAs(attributes: string): Promise<Database> {
    const address = new URL(empty.url);
    await asSuperuser(`CREATE ROLE ${user} LOGIN PASSWORD 'secret' ${attributes}`);
    await asSuperuser(`ALTER DATABASE ${address.pathname.slice(1)} OWNER TO ${user}`);
    [address.username, address.password] = [user, 'secret'];
    return openDatabase({ databaseUrl: address.href } as Config, () => undefined);
  }

  async function organizationsSeenBy(database: Database, organization: string): Promise<string[]> {
    const create = (id: string) => `
      SELECT set_config('lectern.organization_id', '${id}', false);
      INSERT INTO organizations (organization_id, name) VALUES ('${id}', 'x') ON CONFLICT DO NOTHING`;
    return withClient(database.serviceUrl, async (client) => {
      await client.query(create(ONE));
      await client.query(create(OTHER));
      await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [organization]);
      const { rows } = await client.query<{ id: string }>('SELECT organization_id AS id FROM organizations');
      return rows.map((row) => row.id);
    });
  }

  it('works as an ordinary user, who owns the tables and is bound by their policies all the same', async () => {
    const database = await openAs('');
    expect(database.serviceUrl).toBe(database.ownerUrl);
    expect(await organizationsSeenBy(database, ONE)).toEqual([ONE]);
  });

  it('works as a user who steps around policies, through a role that does not and that was granted to it', async () => {
    await prepareRoles(clusterUrl('postgres'));
    const database = await openAs('BYPASSRLS IN ROLE lectern_app');
    expect(database.serviceUrl).not.toBe(database.ownerUrl);
    expect(await organizationsSeenBy(database, ONE)).toEqual([ONE]);
  });

  it('works as a superuser, through the same role', async () => {
    const database = await openAs('SUPERUSER');
    expect(await organizationsSeenBy(database, OTHER)).toEqual([OTHER]);
  });

  it('keeps options that its address has', async () => {
    const address = new URL(empty.url);
    address.searchParams.set('options', '-c statement_timeout=4321');
    const database = await openDatabase({ databaseUrl: address.href } as Config, () => undefined);
    const settings = await withClient(database.serviceUrl, (client) =>
      client.query(`SELECT current_user AS role, current_setting('statement_timeout') AS timeout`),
    );
    expect(settings.rows).toEqual([{ role: 'lectern_app', timeout: '4321ms' }]);
    await asSuperuser(`CREATE ROLE ${user}`);
  });

  it('is refused for a user who steps around policies and cannot be given the role', async () => {
    await expect(openAs('BYPASSRLS')).rejects.toThrow(
      /not bound by row-level security, and the role lectern_app cannot be set up: .*Connect as a user without BYPASSRLS/,
    );
  });
});
