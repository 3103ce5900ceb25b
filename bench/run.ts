/**
 * npm run bench [-- name ...], npm run bench:lrs [-- name ... size ...]: runs the benchmarks of a folder one after another,
 * prints their table and writes it as JSON. Ends with 1 when a figure misses what is wanted.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { isReached, type Benchmark, type Row } from './row.js';
import { shown } from './table.js';

const SETS = {
  bench: { folder: './', output: 'out/bench.json' },
  'bench:lrs': { folder: './lrs/', output: 'out/bench-lrs.json' },
};

// As scripts/start.mjs starts the service; read by the libraries that the benchmarks import.
process.env['NODE_ENV'] ??= 'production';

async function main(set: keyof typeof SETS, chosen: readonly string[], sizes: readonly number[]): Promise<void> {
  const { folder, output } = SETS[set];
  const rows: Row[] = [];
  for (const benchmark of await benchmarks(folder)) {
    if (chosen.length > 0 && !chosen.includes(benchmark.name)) continue;
    console.log(`${benchmark.name} ...`);
    rows.push(...(await benchmark.run(sizes)));
  }
  console.table(Object.fromEntries(rows.map(shown)));
  await mkdir('out', { recursive: true });
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  await writeFile(output, `${JSON.stringify({ at: new Date().toISOString(), machine, rows }, null, 2)}\n`);
  console.log(`Written to ${output}.`);
  process.exitCode = rows.every(isReached) ? 0 : 1;
}

/** Every `*.bench.js` of the folder. */
async function benchmarks(folder: string): Promise<Benchmark[]> {
  const place = new URL(folder, import.meta.url);
  const names = (await readdir(place)).filter((name) => name.endsWith('.bench.js')).sort();
  const modules = await Promise.all(names.map((name) => import(new URL(name, place).href)));
  return (modules as { default: Benchmark }[]).map((module) => module.default);
}

const isSize = (argument: string) => /^\d+$/.test(argument);

const [set = 'bench', ...rest] = process.argv.slice(2);
await main(
  set as keyof typeof SETS,
  rest.filter((argument) => !isSize(argument)),
  rest.filter(isSize).map(Number),
);
