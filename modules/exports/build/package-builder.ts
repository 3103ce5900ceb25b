import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { zip } from '../../../exporters/index.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { PublishingService } from '../../publishing/index.js';
import { blobKeyOf, type CoursePackage } from '../package.js';
import { PackageFiles } from './package-files.js';

/** A zip in the storage. */
export interface StoredZip {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Makes the zip of a package, streaming from the assets in the storage to the zip in the storage. */
@Injectable()
export class PackageBuilder {
  constructor(
    private readonly publishing: PublishingService,
    private readonly files: PackageFiles,
    private readonly storage: BlobStorage,
  ) {}

  /**
   * @param onProgress is told the share that is done, 0 to 1, after each chunk; the next chunk waits for it.
   * @throws PackageRefused when the files cannot be packed for an LMS.
   */
  async build(
    organizationId: string,
    { id, versionId, format, options, reporting }: CoursePackage,
    onProgress: (share: number) => Promise<void>,
  ): Promise<StoredZip> {
    const version = await this.publishing.published(organizationId, versionId);
    if (!('document' in version)) throw new Error(version.message);
    const { document } = version;
    const files = await this.files.of({ organizationId, document, format, options, keyId: reporting?.keyId });
    const expected = document.assets.reduce((sum, { bytes }) => sum + bytes, 1);
    const measured = new Measured(zip(files), (bytes) => onProgress(Math.min(1, bytes / expected)));
    const body = Readable.from(measured, { objectMode: false });
    await this.storage.put(blobKeyOf(organizationId, id), body, { mediaType: 'application/zip' });
    return measured.result();
  }
}

/** Passes chunks on, counting and hashing them. */
class Measured {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(
    private readonly chunks: AsyncIterable<Buffer>,
    private readonly onBytes: (bytes: number) => Promise<void>,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    for await (const chunk of this.chunks) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
      await this.onBytes(this.bytes);
    }
  }

  result(): StoredZip {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }
}
