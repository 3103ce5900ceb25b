/** What statements take on the disk, every table and index counted that storing them writes. */
import { withClient } from '../../src/platform/database/server.js';
import type { BenchService } from '../service.js';

/** Partitions and indexes are counted with the table that they belong to. */
const SIZES = `
  SELECT sum(pg_total_relation_size(relid))::float8 AS bytes, (SELECT count(*) FROM statement_ids)::float8 AS statements
    FROM unnest(ARRAY['statements', 'statement_terms', 'statement_ids', 'statement_targets', 'statement_references',
                      'statement_reference_terms']) AS parent, pg_partition_tree(parent::regclass)`;

/** @returns bytes of a statement's own JSON, and of all that is kept of it */
export async function sizeOf({ service }: BenchService): Promise<{ json: number; all: number }> {
  return withClient(service.database.ownerUrl, async (client) => {
    const texts = await client.query<{ bytes: number }>(
      'SELECT avg(octet_length(payload::text))::float8 AS bytes FROM statements',
    );
    const tables = await client.query<{ bytes: number; statements: number }>(SIZES);
    return { json: texts.rows[0]!.bytes, all: tables.rows[0]!.bytes / tables.rows[0]!.statements };
  });
}
