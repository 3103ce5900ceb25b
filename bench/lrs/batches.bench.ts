/** Batches of 10,000 statements that come at once: what they take of memory and time. */
import type { Benchmark, Row } from '../row.js';
import { MeasuredService } from './measured-service.js';
import { statementText } from './statement-source.js';

const STATEMENTS = 10_000;
/** Resident memory of the service, however many come at once. */
const MEMORY_MB = 900;
const AT_ONCE = [1, 4, 8];

async function run(): Promise<Row[]> {
  const service = await MeasuredService.start();
  try {
    await send(service, batchOf(100));
    const rows: Row[] = [];
    for (const count of AT_ONCE) {
      const bodies = Array.from({ length: count }, () => batchOf(STATEMENTS));
      await service.peak();
      const began = performance.now();
      await Promise.all(bodies.map((body) => send(service, body)));
      const rate = (count * STATEMENTS) / ((performance.now() - began) / 1_000);
      rows.push(
        {
          what: `memory while ${count} x 10,000 statements (${Math.round(bodies[0]!.length / 1_000_000)} MB each) come at once`,
          ours: await service.peak(),
          unit: 'MB',
          wanted: MEMORY_MB,
          bound: 'at most',
        },
        { what: `and how fast ${count} of them are stored`, ours: rate, unit: 'statements/s', wanted: 500 },
      );
    }
    return rows;
  } finally {
    await service.stop();
  }
}

const batchOf = (count: number): string =>
  `[${Array.from({ length: count }, (_, index) => statementText(index)).join(',')}]`;

async function send({ url, headers }: MeasuredService, body: string): Promise<void> {
  const request = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body };
  const answer = await fetch(`${url}/xapi/statements`, request);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}

export default { name: 'batches', run } satisfies Benchmark;
