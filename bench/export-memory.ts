/** Exports a course of so many megabytes and tells its parent by how much its resident memory grew at most. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { CourseDocument, DocumentAsset } from '../exporters/document/index.js';
import { formats, zip } from '../exporters/index.js';
import { BuiltFiles } from '../modules/exports/build/built-files.js';
import { FolderStorage } from '../src/platform/storage/folder-storage.js';

const MEGABYTE = 1024 * 1024;
const SAMPLE_EVERY_MS = 20;

/** Half of the bytes in files that are stored whole, half in files that are streamed. */
const SIZES = [6 * MEGABYTE, 50 * MEGABYTE];

const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-memory-'));
try {
  const storage = new FolderStorage(folder);
  await exportCourse(storage, 10 * MEGABYTE);
  const peak = peakMemory();
  await exportCourse(storage, Number(process.argv[2]) * MEGABYTE);
  process.send?.({ extraMegabytes: peak.stop() / MEGABYTE });
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function exportCourse(storage: FolderStorage, bytes: number): Promise<void> {
  const { player, schemas } = await new BuiltFiles().of('SCORM_1_2');
  const assets = SIZES.flatMap((size) => Array.from({ length: Math.round(bytes / SIZES.length / size) }, () => size));
  const document = courseOf(assets.map((size, index) => assetOf(size, index)));
  for (const asset of document.assets) await storage.put(asset.sha256, Readable.from(noise(asset.bytes)));
  const openAsset = ({ sha256 }: DocumentAsset) => storage.get(sha256);
  const files = formats.SCORM_1_2.build(
    { document, launch: { language: 'en' }, player, schemas, openAsset },
    { masteryScore: false },
  );
  await storage.put('package.zip', Readable.from(zip(files), { objectMode: false }));
}

function assetOf(bytes: number, index: number): DocumentAsset {
  return {
    id: `asset-${index}`,
    sha256: `blob-${bytes}-${index}`,
    mediaType: 'video/mp4',
    bytes,
    fileName: `film-${index}.mp4`,
    path: `assets/film-${index}.mp4`,
  };
}

function courseOf(assets: DocumentAsset[]): CourseDocument {
  return {
    schemaVersion: 1,
    id: 'course',
    version: 1,
    contentHash: '',
    title: 'Films',
    slug: 'films',
    language: 'en',
    objectives: [],
    completionRule: 'ALL_REQUIRED_LESSONS',
    sections: [],
    assets,
    slots: {},
  };
}

function* noise(bytes: number): Generator<Buffer> {
  const block = randomBytes(MEGABYTE);
  for (let left = bytes; left > 0; left -= MEGABYTE) yield block;
}

/** Growth of the resident memory over what it is now; bytes. */
function peakMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), SAMPLE_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return peak - before;
    },
  };
}
