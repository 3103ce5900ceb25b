/**
 * npm run soak [-- minutes]: everything that clients do with an LRS, at the same time, against a service in a process of its
 * own. Ends with 1 when a request fails, memory grows after the warm-up, or a statement is not there once.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Target } from '../lrs/load-generator.js';
import { isReached, type Row } from '../row.js';
import { shown } from '../table.js';
import { MemorySamples } from './memory.js';
import { Traffic } from './traffic.js';
import { verify } from './verification.js';

const DEFAULT_MINUTES = 10;
const OUTPUT = 'out/soak.json';

process.env['NODE_ENV'] ??= 'production';

async function main(minutes: number): Promise<void> {
  const child = fork(fileURLToPath(new URL('service-process.js', import.meta.url)), { execArgv: ['--expose-gc'] });
  try {
    const [target] = (await once(child, 'message')) as [Target];
    await soak(child, target, minutes);
  } finally {
    child.send('stop');
    await once(child, 'exit');
  }
}

async function soak(child: ChildProcess, target: Target, minutes: number): Promise<void> {
  const traffic = new Traffic(target);
  const memory = new MemorySamples(child, minutes * 60);
  const sampling = memory.run();
  await traffic.run(minutes * 60);
  memory.stop();
  await sampling;
  const found = await verify(target, traffic.acknowledged);
  const count = (what: string, ours: number): Row => ({ what, ours, wanted: 0, bound: 'at most', unit: '' });
  const rows: Row[] = [
    count('requests that failed', traffic.failed),
    count('acknowledged statements that are missing', found.missing),
    count('statements that are there more than once', found.repeated),
    count('statements that nobody sent', found.unknown),
    ...memory.rows(),
  ];
  console.table(Object.fromEntries(traffic.requests));
  console.log(`${traffic.acknowledged.size} statements in ${minutes} minutes.`);
  for (const error of traffic.errors) console.log(error);
  console.table(Object.fromEntries(rows.map(shown)));
  await mkdir('out', { recursive: true });
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  const requests = Object.fromEntries(traffic.requests);
  const { samples } = memory;
  const result = { at: new Date().toISOString(), machine, minutes, requests, errors: traffic.errors, rows, samples };
  await writeFile(OUTPUT, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`Written to ${OUTPUT}.`);
  process.exitCode = rows.every(isReached) ? 0 : 1;
}

const minutes = Number(process.argv[2] ?? DEFAULT_MINUTES);
if (!(minutes > 0 && minutes <= 24 * 60)) throw new Error('npm run soak -- <minutes>, at most a day');
await main(minutes);
