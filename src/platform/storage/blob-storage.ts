import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface BlobInfo {
  readonly mediaType: string;
  readonly bytes?: number;
}

/** Bytes from start to end, both inclusive, as in an HTTP Range. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/**
 * Where blobs lie: a folder, or S3-compatible storage. A key is made of letters, digits, `-`, `_`, `.` and `/`; a blob
 * appears whole or not at all, and is durable when put has resolved.
 */
export abstract class BlobStorage {
  abstract put(key: string, body: Buffer | Readable, info: BlobInfo): Promise<void>;

  /** @throws BlobMissing when there is no such blob. */
  abstract get(key: string, range?: ByteRange): Promise<Readable>;

  /** A whole blob, for those that are known to be small. @throws BlobMissing when there is no such blob. */
  async read(key: string): Promise<Buffer> {
    return buffer(await this.get(key));
  }

  /** Undefined when there is no such blob. */
  abstract head(key: string): Promise<{ bytes: number } | undefined>;

  /** No error when there is no such blob. */
  abstract delete(key: string): Promise<void>;

  /** An address that takes one PUT of exactly these bytes; only where the storage can be reached by browsers. */
  presignPut?(key: string, upload: { mediaType: string; bytes: number; expiresSeconds: number }): Promise<string>;

  /** @throws when the storage cannot be used. */
  abstract ping(): Promise<void>;
}

/** A blob that the database knows is not in the storage. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';

  constructor(readonly key: string) {
    super(`There is no blob ${key}.`);
  }
}
