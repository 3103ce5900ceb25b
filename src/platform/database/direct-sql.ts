import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { DATABASE } from './database.js';
import type { Database } from './database.js';
import { withOptions } from './server.js';
import { isWorthRerunning } from './sql-state.js';

/** One SQL statement that is complete in itself: its own transaction. */
export interface DirectStatement {
  /**
   * Prepared and planned once a connection under this name, whatever the values: the same name always has the same text.
   * Without one it is planned anew, for its values.
   */
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Values come as the text that PostgreSQL sends, of whatever type they are. */
  readonly unparsed?: boolean;
}

/** What a connection is set to. */
interface Settings {
  readonly organizationId: string;
  readonly planCacheMode: 'force_generic_plan' | 'force_custom_plan';
}

const MAXIMUM_RERUNS = 3;

/** Plans follow the indexes, not what the statistics of a table that grows say of it at the moment. */
export const PLANNING =
  '-c jit=off -c enable_seqscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off';

const UNPARSED = { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * SQL in one round trip, for what is hot: a unit of work takes three or more. Connections remember the organization that
 * they are set to, the same setting that units of work have; row-level security binds them the same way. Everything that
 * needs more than one statement belongs into a unit of work.
 */
@Injectable()
export class DirectSql implements OnApplicationShutdown {
  private readonly logger = new Logger(DirectSql.name);
  private readonly pool: pg.Pool;
  private readonly settings = new WeakMap<pg.ClientBase, Settings>();

  constructor(@Inject(DATABASE) { serviceUrl }: Database, @Inject(CONFIG) { databasePoolSize }: Config) {
    this.pool = new pg.Pool({
      connectionString: withOptions(serviceUrl, PLANNING),
      max: databasePoolSize,
      application_name: 'lectern direct',
      pipeline: true,
    });
    this.pool.on('error', (error) => this.logger.warn(`A connection was lost: ${error.message}`));
    // While a connection is in use the pool does not listen; who uses it gets the error from the query.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /**
   * Runs a statement for an organization and returns its rows. Serialization failures and deadlocks rerun it.
   *
   * @throws DatabaseError when PostgreSQL refuses
   */
  async query<Row extends object>(organizationId: string, statement: DirectStatement): Promise<Row[]> {
    const [rows] = await this.queryInTurn<[Row]>(organizationId, [statement]);
    return rows;
  }

  /** The same for several, in one round trip; each sees what was committed when the one before it had ended. */
  async queryInTurn<Rows extends object[]>(
    organizationId: string,
    statements: { readonly [Index in keyof Rows]: DirectStatement },
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
    for (let reruns = 0; ; reruns += 1) {
      try {
        return await this.attempt(organizationId, statements);
      } catch (error) {
        if (!isWorthRerunning(error) || reruns === MAXIMUM_RERUNS) throw error;
      }
    }
  }

  /** Connections that are idle or busy, and calls that wait for one. */
  state(): { readonly idle: number; readonly busy: number; readonly waiting: number } {
    const { idleCount, totalCount, waitingCount } = this.pool;
    return { idle: idleCount, busy: totalCount - idleCount, waiting: waitingCount };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async attempt<Rows extends object[]>(
    organizationId: string,
    statements: { readonly [Index in keyof Rows]: DirectStatement },
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
    const client = await this.pool.connect();
    try {
      // All are sent before the first is answered.
      const all: readonly DirectStatement[] = statements;
      const planCacheMode = all.every(({ name }) => name !== undefined) ? 'force_generic_plan' : 'force_custom_plan';
      const [, ...results] = await Promise.all([
        this.set(client, { organizationId, planCacheMode }),
        ...all.map(({ name, text, values, unparsed }) =>
          client.query<object>({
            ...(name !== undefined && { name }),
            text,
            values: values as unknown[],
            ...(unparsed && { types: UNPARSED }),
          }),
        ),
      ]);
      client.release();
      return results.map(rowsOf) as { [Index in keyof Rows]: Rows[Index][] };
    } catch (error) {
      // What else was sent may still be under way, and whose rows come next is not certain.
      client.release(true);
      throw error;
    }
  }

  private async set(client: pg.PoolClient, settings: Settings): Promise<void> {
    const { organizationId, planCacheMode } = settings;
    const known = this.settings.get(client);
    if (known?.organizationId === organizationId && known.planCacheMode === planCacheMode) return;
    if (!UUID.test(organizationId)) throw new Error(`Not the id of an organization: ${organizationId}`);
    this.settings.delete(client);
    const setting = client.query(
      `SELECT set_config('lectern.organization_id', $1, false), set_config('plan_cache_mode', $2, false)`,
      [organizationId, planCacheMode],
    );
    this.settings.set(client, settings);
    await setting;
  }
}

/** Takes the rows out: the driver's results outlive their query, and rows that they held would be copied by each collection. */
function rowsOf(result: pg.QueryResult<object>): object[] {
  const { rows } = result;
  result.rows = [];
  return rows;
}
