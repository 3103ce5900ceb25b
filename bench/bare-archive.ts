import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ZipArchive } from 'archiver';
import yauzl from 'yauzl';

/** A file on the disk that goes into an archive. */
export interface UnpackedFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly stored: boolean;
}

/** Unpacks a zip into a folder. */
export async function unpack(zipPath: string, folder: string): Promise<UnpackedFile[]> {
  await mkdir(folder, { recursive: true });
  const zip = await yauzl.fromBufferPromise(await readFile(zipPath), {});
  const files: UnpackedFile[] = [];
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, String(files.length));
    const content = await buffer(await zip.openReadStreamPromise(entry));
    await writeFile(path, content);
    const stored = entry.compressionMethod === 0;
    files.push({ name: entry.fileName, path, bytes: content.length, stored });
  }
  return files;
}

/** Packs files by archiver alone, as its manual says, compressed and stored as ours are, onto the disk. */
export async function packBare(files: readonly UnpackedFile[], target: string): Promise<void> {
  const archive = new ZipArchive({ zlib: { level: 6 } });
  const written = pipeline(archive, createWriteStream(target, { flush: true }));
  for (const { name, path, stored } of files) archive.append(createReadStream(path), { name, store: stored });
  await archive.finalize();
  await written;
}
