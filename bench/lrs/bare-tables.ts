/** The rows that the service writes for statements, written again by the bare driver into tables with the same indexes. */
import pg from 'pg';

const TABLES = ['statement_ids', 'statements', 'statement_terms'];

interface Column {
  readonly name: string;
  /** As in `uuid`. */
  readonly type: string;
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

type TableRow = Readonly<Record<string, unknown>>;

/** The rows of some statements, by table. */
export type BareBatch = readonly { readonly table: Table; readonly rows: readonly TableRow[] }[];

/** Makes the empty copies. */
export async function makeBareTables(client: pg.Client): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const name of TABLES) {
    const { rows: columns } = await client.query<Column>(
      `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
        WHERE table_name = $1 AND table_schema = 'public' ORDER BY ordinal_position`,
      [name],
    );
    await client.query(`CREATE TABLE bare_${name} (LIKE ${name} INCLUDING ALL)`);
    tables.push({ name, columns });
  }
  return tables;
}

/** The rows of statements stored after a position, for batches of `size` statements in the order of storage. */
export async function storedBatches(
  client: pg.Client,
  tables: readonly Table[],
  after: string,
  size: number,
): Promise<BareBatch[]> {
  const { rows: positions } = await client.query<{ position: string }>(
    'SELECT position FROM statements WHERE position > $1 ORDER BY position',
    [after],
  );
  const batchOf = new Map(positions.map(({ position }, index) => [position, Math.floor(index / size)]));
  const batches = Array.from({ length: Math.ceil(positions.length / size) }, () =>
    tables.map((table) => ({ table, rows: [] as TableRow[] })),
  );
  for (const [index, { name, columns }] of tables.entries()) {
    const list = columns.map(({ name: column, type }) => (type === 'json' ? `${column}::text` : column)).join(', ');
    const { rows } = await client.query<TableRow & { position: string }>(
      `SELECT ${list} FROM ${name} WHERE position > $1`,
      [after],
    );
    for (const row of rows) batches[batchOf.get(row.position)!]![index]!.rows.push(row);
  }
  return batches;
}

/**
 * One prepared SQL statement: a multi-row INSERT for each of the tables, in one transaction and one round trip. As good as
 * it gets by hand.
 */
export async function insertBare(client: pg.Client, batch: BareBatch): Promise<void> {
  const values: unknown[] = [];
  const inserts = batch.map(({ table: { name, columns }, rows }) => {
    const tuples = rows.map((row) => `(${columns.map((column) => `$${values.push(row[column.name])}`).join(',')})`);
    return `INSERT INTO bare_${name} (${columns.map((column) => column.name).join(',')}) VALUES ${tuples.join(',')}`;
  });
  const last = inserts.pop()!;
  const text = `WITH ${inserts.map((insert, index) => `t${index} AS (${insert})`).join(', ')} ${last}`;
  await client.query({ name: batch.map(({ rows }) => rows.length).join(' '), text, values });
}
