/** What a statement takes on the disk, beside its own JSON. */
import type { Benchmark, Row } from '../row.js';
import { startBenchService } from '../service.js';
import { sizeOf } from './disk.js';
import { LoadGenerator } from './load-generator.js';

const STATEMENTS = 50_000;
const BATCH = 500;

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const load = LoadGenerator.start();
  try {
    const target = { url: bench.service.url, path: '/xapi', authorization: bench.authorization };
    const work = { kind: 'POST', requests: STATEMENTS / BATCH, batch: BATCH, first: 0 } as const;
    await load.run({ target, clients: 4, work });
    const { json, all } = await sizeOf(bench);
    const what = `disk for a statement of ${Math.round(json)} bytes`;
    return [{ what, ours: all, bare: json, ratio: all / json, wanted: 2.2, bound: 'at most', unit: 'bytes' }];
  } finally {
    load.stop();
    await bench.close();
  }
}

export default { name: 'disk', run } satisfies Benchmark;
