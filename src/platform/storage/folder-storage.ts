import { constants, createReadStream } from 'node:fs';
import type { Stats } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { uuidV7 } from '../database/uuid.js';
import { BlobMissing, BlobStorage } from './blob-storage.js';
import type { ByteRange } from './blob-storage.js';

/** A draft that nobody has written to for so long belongs to a process that was killed. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

/** Blobs are read in pieces of this size: smaller ones take longer, larger ones more memory for each reader. */
const CHUNK_BYTES = 1024 * 1024;

const BYTES = { objectMode: false };

/** Blobs as files. A file is written aside, flushed to the disk, and gets its name last. */
export class FolderStorage extends BlobStorage {
  private readonly drafts: string;
  private tidied: Promise<void> | undefined;

  constructor(private readonly folder: string) {
    super();
    this.drafts = join(folder, '.drafts');
  }

  override async put(key: string, body: Buffer | Readable): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await this.tidy();
    const draft = join(this.drafts, uuidV7());
    try {
      const file = await open(draft, 'wx', 0o640);
      await write(file, body);
      await rename(draft, path);
      await flushFolder(dirname(path));
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  override async get(key: string, range?: ByteRange): Promise<Readable> {
    const path = this.pathOf(key);
    const found = await statIfThere(path);
    if (!found) throw new BlobMissing(key);
    if (found.size === 0) return createReadStream(path);
    const { start = 0, end = found.size - 1 } = range ?? {};
    // A small blob comes in one piece: a stream of the file costs several times as much.
    if (found.size <= CHUNK_BYTES) return Readable.from([(await readFile(path)).subarray(start, end + 1)], BYTES);
    // With the end given, no read is spent on finding it.
    return createReadStream(path, { start, end, highWaterMark: CHUNK_BYTES });
  }

  override async read(key: string): Promise<Buffer> {
    try {
      return await readFile(this.pathOf(key));
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new BlobMissing(key) : error;
    }
  }

  override async head(key: string): Promise<{ bytes: number } | undefined> {
    const found = await statIfThere(this.pathOf(key));
    return found && { bytes: found.size };
  }

  override async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  override async ping(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await access(this.folder, constants.R_OK | constants.W_OK);
  }

  /** Once a process; again when it failed. */
  private tidy(): Promise<void> {
    this.tidied ??= removeAbandoned(this.drafts).catch((error: unknown) => {
      this.tidied = undefined;
      throw error;
    });
    return this.tidied;
  }

  /** Two folders by the first letters of the name keep each folder small. */
  private pathOf(key: string): string {
    if (!/^[\w.-]+(\/[\w.-]+)*$/.test(key) || key.split('/').some((part) => /^\.+$/.test(part))) {
      throw new Error(`Not a key of a blob: ${key}`);
    }
    const name = basename(key);
    return join(this.folder, dirname(key), name.slice(0, 2), name.slice(2, 4), name);
  }
}

/** Makes the folder of drafts, and removes what killed processes left in it. */
async function removeAbandoned(drafts: string): Promise<void> {
  await mkdir(drafts, { recursive: true });
  const latest = Date.now() - ABANDONED_AFTER_MS;
  for (const name of await readdir(drafts)) {
    const found = await statIfThere(join(drafts, name));
    if (found && found.mtimeMs < latest) await rm(join(drafts, name), { force: true });
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(file: FileHandle, body: Buffer | Readable): Promise<void> {
  try {
    if (Buffer.isBuffer(body)) await file.writeFile(body);
    // writeFile goes on where the chunk before it ended.
    else for await (const chunk of body as AsyncIterable<Buffer>) await file.writeFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is durable when its folder is flushed, too. Windows cannot open folders, and needs not. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
