import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file on its way in: on the local disk until its bytes are judged. */
export interface StagedFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The first bytes. */
  readonly head: Buffer;
}

export class TooLarge extends Error {
  constructor(readonly limit: number) {
    super(`larger than ${limit} bytes`);
    this.name = 'TooLarge';
  }
}

/**
 * Writes a stream to a temporary file, counting and hashing, and hands it to `use`; the file is removed afterwards whatever
 * happens.
 *
 * @throws TooLarge as soon as more than `limit` bytes have come
 */
export async function stage<T>(source: Readable, limit: number, use: (file: StagedFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-upload-'));
  try {
    const path = join(folder, 'file');
    const hash = createHash('sha256');
    let bytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        hash.update(chunk);
        done(bytes > limit ? new TooLarge(limit) : null, chunk);
      },
    });
    await pipeline(source, meter, createWriteStream(path));
    return await use({ path, bytes, sha256: hash.digest('hex'), head: await firstBytes(path) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
