/** What a statement takes on the disk, every table and index counted that storing it writes, beside its own JSON. */
import { withClient } from '../../src/platform/database/server.js';
import type { Benchmark, Row } from '../row.js';
import { startBenchService } from '../service.js';
import { LoadGenerator } from './load-generator.js';

const STATEMENTS = 50_000;
const BATCH = 500;

/** Partitions and indexes are counted with the table that they belong to. */
const SIZES = `
  SELECT sum(pg_total_relation_size(relid))::float8 AS bytes
    FROM unnest(ARRAY['statements', 'statement_terms', 'statement_ids', 'statement_targets', 'statement_references',
                      'statement_reference_terms']) AS parent, pg_partition_tree(parent::regclass)`;

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const load = LoadGenerator.start();
  try {
    const target = { url: bench.service.url, path: '/xapi', authorization: bench.authorization };
    const work = { kind: 'POST', requests: STATEMENTS / BATCH, batch: BATCH, first: 0 } as const;
    await load.run({ target, clients: 4, work });
    const [json, disk] = await withClient(bench.service.database.ownerUrl, async (client) => {
      const texts = await client.query<{ bytes: number }>(
        'SELECT avg(octet_length(payload::text))::float8 AS bytes FROM statements',
      );
      const tables = await client.query<{ bytes: number }>(SIZES);
      return [texts.rows[0]!.bytes, tables.rows[0]!.bytes / STATEMENTS];
    });
    const what = `disk for a statement of ${Math.round(json)} bytes`;
    return [{ what, ours: disk, bare: json, ratio: disk / json, wanted: 2.2, bound: 'at most', unit: 'bytes' }];
  } finally {
    load.stop();
    await bench.close();
  }
}

export default { name: 'disk', run } satisfies Benchmark;
