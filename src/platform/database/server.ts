import pg from 'pg';
import type { Client } from 'pg';
import { StartError } from '../start-error.js';

/** Role that all SQL of the service runs as: it cannot step around row-level security. */
export const SERVICE_ROLE = 'lectern_app';

const OLDEST_SUPPORTED = 15;

/** Addresses of the same database for two purposes. */
export interface DatabaseAddresses {
  /** Owns the schema: migrations and the plumbing of the job queue. */
  readonly ownerUrl: string;
  /** Row-level security holds for it: everything else. */
  readonly serviceUrl: string;
}

/**
 * Connects, runs the work, and disconnects.
 *
 * @throws StartError when the database cannot be reached; the message never has the password.
 */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'lectern' });
  // Without a listener a connection lost between two statements would end the process; the next statement reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(`The database at ${withoutCredentials(url)} cannot be used: ${(error as Error).message}.`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Finds out who the connection's user is. One that row-level security does not bind (a superuser, or BYPASSRLS) works
 * through {@link SERVICE_ROLE}, which is made when it is missing; any other user is bound by forced policies itself.
 *
 * @throws StartError when the server is too old or the role cannot be made.
 */
export async function prepareRoles(url: string): Promise<DatabaseAddresses> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ version: number; unbound: boolean }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version, rolsuper OR rolbypassrls AS unbound
         FROM pg_roles WHERE rolname = current_user`,
    );
    const { version, unbound } = rows[0]!;
    if (version < OLDEST_SUPPORTED) {
      throw new StartError(`The database is PostgreSQL ${version}; ${OLDEST_SUPPORTED} or later is needed.`);
    }
    if (!unbound) return { ownerUrl: url, serviceUrl: url };
    await ensureServiceRole(client);
    return { ownerUrl: url, serviceUrl: actingAs(url, SERVICE_ROLE) };
  });
}

async function ensureServiceRole(client: Client): Promise<void> {
  try {
    await client.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${SERVICE_ROLE}') THEN
          CREATE ROLE ${SERVICE_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another process of the service made it at the same moment
      END $$`);
    if (!(await mayActAs(client, SERVICE_ROLE))) await client.query(`GRANT ${SERVICE_ROLE} TO CURRENT_USER`);
  } catch (error) {
    throw new StartError(
      `The database user is not bound by row-level security, and the role ${SERVICE_ROLE} cannot be set up: ` +
        `${(error as Error).message}. Connect as a user without BYPASSRLS, or create the role and grant it to this user.`,
    );
  }
}

/** Since PostgreSQL 16 the maker of a role is a member that may not yet act as it. */
async function mayActAs(client: Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT pg_has_role($1, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS may`,
    [role],
  );
  return rows[0]!.may;
}

/** Lets the service's role use what the migrations made; run after them by the owner. */
export async function grantToServiceRole(client: Client): Promise<void> {
  const { rows } = await client.query(
    `SELECT FROM pg_roles WHERE rolname = $1 AND rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER')`,
    [SERVICE_ROLE],
  );
  if (rows.length === 0) return;
  await client.query(`
    GRANT USAGE ON SCHEMA public TO ${SERVICE_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${SERVICE_ROLE};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${SERVICE_ROLE}`);
}

/**
 * The last check before the service listens: row-level security binds this connection on every tenant's table.
 *
 * @throws StartError naming the tables where it does not.
 */
export async function requireRowSecurity(serviceUrl: string): Promise<void> {
  const open = await withClient(serviceUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT row_security_active(c.oid)
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id')
        ORDER BY 1`,
    );
    return rows.map((row) => row.name);
  });
  if (open.length > 0) {
    throw new StartError(`Row-level security is not active for the database user on: ${open.join(', ')}.`);
  }
}

/** The address without user, password and parameters. */
export function withoutCredentials(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${decodeURIComponent(host)}${pathname}`;
}

const actingAs = (url: string, role: string): string => withOptions(url, `-c role=${role}`);

/** The address with more of PostgreSQL's command-line options for the session. */
export function withOptions(url: string, more: string): string {
  const address = new URL(url);
  const options = [address.searchParams.get('options'), more].filter(Boolean).join(' ');
  address.searchParams.set('options', options);
  // URLSearchParams writes a blank as "+", which PostgreSQL's own address syntax does not know.
  address.search = address.searchParams.toString().replaceAll('+', '%20');
  return address.href;
}
