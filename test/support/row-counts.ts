import { withClient } from '../../src/platform/database/server.js';

/** How many rows each table of the service has, seen past row-level security. */
export async function rowCounts(ownerUrl: string): Promise<Record<string, number>> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string; rows: string }>(
      `SELECT table_name AS name, (xpath('/row/n/text()', query_to_xml(
                format('SELECT count(*) AS n FROM public.%I', table_name), false, true, '')))[1]::text AS rows
         FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ name, rows: count }) => [name, Number(count)]));
  });
}
