import { constants, createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { uuidV7 } from '../database/uuid.js';
import { BlobMissing, BlobStorage } from './blob-storage.js';
import type { ByteRange } from './blob-storage.js';

/** Blobs as files. A file is written aside, flushed to the disk, and gets its name last. */
export class FolderStorage extends BlobStorage {
  constructor(private readonly folder: string) {
    super();
  }

  override async put(key: string, body: Buffer | Readable): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${uuidV7()}.new`;
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
    if ((await this.head(key)) === undefined) throw new BlobMissing(key);
    return createReadStream(path, range);
  }

  override async head(key: string): Promise<{ bytes: number } | undefined> {
    try {
      return { bytes: (await stat(this.pathOf(key))).size };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  override async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  override async ping(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await access(this.folder, constants.R_OK | constants.W_OK);
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
