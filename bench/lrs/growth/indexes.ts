/** Indexes of tables that are filled: made when all is there, they take a tenth of the time. */
import type pg from 'pg';

interface Index {
  readonly table: string;
  readonly drop: string;
  readonly make: string;
}

/** What is dropped with a table's own indexes goes from its partitions, too. */
export async function dropIndexes(client: pg.Client, tables: readonly string[]): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT indrelid::regclass::text AS table,
            CASE WHEN conname IS NULL THEN format('DROP INDEX %s', indexrelid::regclass)
                 ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', indrelid::regclass, conname) END AS drop,
            CASE WHEN conname IS NULL THEN replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
                 ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', indrelid::regclass, conname, pg_get_constraintdef(c.oid))
             END AS make
       FROM pg_index LEFT JOIN pg_constraint c ON conindid = indexrelid
      WHERE indrelid = ANY (SELECT name::regclass FROM unnest($1::text[]) AS name)`,
    [tables],
  );
  for (const { drop } of rows) await client.query(drop);
  return rows;
}

export async function makeIndexes(client: pg.Client, indexes: readonly Index[]): Promise<void> {
  for (const { make } of indexes) await client.query(make);
}
