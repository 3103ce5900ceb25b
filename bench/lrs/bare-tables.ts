/** The rows that the service writes for statements, written again by the bare driver into the same tables for another organization. */
import pg from 'pg';

const TABLES = ['statement_ids', 'statements', 'statement_terms'];

interface Column {
  readonly name: string;
  /** As in `uuid`. */
  readonly type: string;
}

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

type TableRow = Readonly<Record<string, unknown>>;

/** The rows of some statements, by table. */
export type BareBatch = readonly { readonly table: Table; readonly rows: readonly TableRow[] }[];

/** Whose rows the bare driver writes, alone and behind HTTP: the tables are the same, what is in them is not. */
export const BARE = 'ba5e0000-0000-4000-8000-000000000000';
export const BARE_BY_HTTP = 'ba5e0000-0000-4000-8000-000000000001';
const BARES = [BARE, BARE_BY_HTTP];

/** Connections with the service's rights, as of one that may write for the organization. */
export function connectBare(serviceUrl: string, organizationId: string, count: number): Promise<pg.Client[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: serviceUrl });
      await client.connect();
      await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [organizationId]);
      return client;
    }),
  );
}

/** What the tables are made of. */
export async function describeTables(client: pg.Client): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const name of TABLES) {
    const { rows: columns } = await client.query<Column>(
      `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
        WHERE table_name = $1 AND table_schema = 'public' ORDER BY ordinal_position`,
      [name],
    );
    tables.push({ name, columns });
  }
  return tables;
}

/** Position of the last statement that the service has stored. */
export async function lastPosition(owner: pg.Client): Promise<string> {
  const { rows } = await owner.query<{ position: string }>(
    'SELECT coalesce(max(position), 0)::text AS position FROM statements WHERE organization_id <> ALL ($1)',
    [BARES],
  );
  return rows[0]!.position;
}

/** The rows of what the service stored after a position, for batches of `size` statements in the order of storage. */
export async function storedBatches(
  owner: pg.Client,
  tables: readonly Table[],
  after: string,
  size: number,
): Promise<BareBatch[]> {
  const { rows: positions } = await owner.query<{ position: string }>(
    'SELECT position FROM statements WHERE position > $1 AND organization_id <> ALL ($2) ORDER BY position',
    [after, BARES],
  );
  const batchOf = new Map(positions.map(({ position }, index) => [position, Math.floor(index / size)]));
  const batches = Array.from({ length: Math.ceil(positions.length / size) }, () =>
    tables.map((table) => ({ table, rows: [] as TableRow[] })),
  );
  for (const [index, { name, columns }] of tables.entries()) {
    const list = columns.map(({ name: column, type }) => (type === 'json' ? `${column}::text` : column)).join(', ');
    const { rows } = await owner.query<TableRow & { position: string }>(
      `SELECT ${list} FROM ${name} WHERE position > $1 AND organization_id <> ALL ($2)`,
      [after, BARES],
    );
    for (const row of rows) {
      batches[batchOf.get(row.position)!]![index]!.rows.push(row);
    }
  }
  return batches;
}

/** The same for another organization. */
export const ofOrganization = (batches: readonly BareBatch[], organizationId: string): BareBatch[] =>
  batches.map((batch) =>
    batch.map(({ table, rows }) => ({ table, rows: rows.map((row) => ({ ...row, organization_id: organizationId })) })),
  );

/**
 * One prepared SQL statement: a multi-row INSERT for each of the tables, in one transaction and one round trip. As good as
 * it gets by hand.
 */
export async function insertBare(client: pg.Client, batch: BareBatch): Promise<void> {
  const values: unknown[] = [];
  const inserts = batch.map(({ table: { name, columns }, rows }) => {
    const tuples = rows.map((row) => `(${columns.map((column) => `$${values.push(row[column.name])}`).join(',')})`);
    return `INSERT INTO ${name} (${columns.map((column) => column.name).join(',')}) VALUES ${tuples.join(',')}`;
  });
  const last = inserts.pop()!;
  const text = `WITH ${inserts.map((insert, index) => `t${index} AS (${insert})`).join(', ')} ${last}`;
  await client.query({ name: batch.map(({ rows }) => rows.length).join(' '), text, values });
}
