/** Making a package from the stored version to the durable zip, against archiver alone packing the same files. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PackageBuilder } from '../modules/exports/build/package-builder.js';
import { blobKeyOf, type CoursePackage } from '../modules/exports/package.js';
import { DEFAULT_ORGANIZATION_ID } from '../modules/access/index.js';
import { BlobStorage } from '../src/platform/storage/blob-storage.js';
import { packBare, unpack } from './bare-archive.js';
import { courseOf, publish, sampleCourse } from './export-course.js';
import { median, type Benchmark, type Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const WARM_UPS = 8;
const ROUNDS = 21;
const MEGABYTE = 1024 * 1024;
const THROUGHPUT_WANTED = 0.8;
const LARGE_COURSE_MB = 500;
const EXTRA_MEMORY_MB = 200;

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-export-'));
  try {
    return [
      await throughput(bench, 'the sample course', await publish(bench, await sampleCourse()), folder),
      await throughput(bench, 'a course of 20 MB', await publish(bench, await courseOf(bench, 20)), folder),
      await extraMemory(),
    ];
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rounds of ours and bare in turns; the median ratio, and the figures of that round. */
async function throughput({ service }: BenchService, what: string, versionId: string, folder: string): Promise<Row> {
  const builder = service.app.get(PackageBuilder, { strict: false });
  const storage = service.app.get(BlobStorage, { strict: false });
  const wanted = packageOf(versionId);
  const ours = async () => void (await builder.build(DEFAULT_ORGANIZATION_ID, wanted, () => Promise.resolve()));
  await ours();
  const zip = join(folder, 'ours.zip');
  await writeFile(zip, await buffer(await storage.get(blobKeyOf(DEFAULT_ORGANIZATION_ID, wanted.id))));
  const files = await unpack(zip, join(folder, versionId));
  const bare = () => packBare(files, join(folder, 'bare.zip'));
  for (let count = 0; count < WARM_UPS; count += 1) {
    await ours();
    await bare();
  }

  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / MEGABYTE;
  const rounds: { ours: number; bare: number; ratio: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [oursSpeed, bareSpeed] = [megabytes / (await seconds(ours)), megabytes / (await seconds(bare))];
    rounds.push({ ours: oursSpeed, bare: bareSpeed, ratio: oursSpeed / bareSpeed });
  }
  const middle = median(rounds.map(({ ratio }) => ratio));
  const round = rounds.find(({ ratio }) => ratio === middle)!;
  return { what: `export of ${what} (${megabytes.toFixed(1)} MB)`, ...round, unit: 'MB/s', wanted: THROUGHPUT_WANTED };
}

const packageOf = (versionId: string): CoursePackage => ({
  id: versionId,
  versionId,
  format: 'SCORM_1_2',
  options: { masteryScore: false },
  fileName: 'course.zip',
  status: 'RUNNING',
  progress: 0,
  attempts: 1,
  bytes: undefined,
  sha256: undefined,
  error: undefined,
  reporting: undefined,
  createdAt: new Date(),
  finishedAt: undefined,
});

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

/** In a process of its own: what this one has used before would hide it. */
async function extraMemory(): Promise<Row> {
  const child = fork(new URL('export-memory.js', import.meta.url), [String(LARGE_COURSE_MB)]);
  const [message] = (await Promise.race([once(child, 'message'), failureOf(child)])) as [{ extraMegabytes: number }];
  const what = `extra resident memory, export of ${LARGE_COURSE_MB} MB`;
  return { what, ours: message.extraMegabytes, unit: 'MB', wanted: EXTRA_MEMORY_MB, bound: 'at most' };
}

async function failureOf(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number | null];
  throw new Error(`Measuring the memory ended with ${code} and no result.`);
}

export default { name: 'export', run } satisfies Benchmark;
