import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { AttachmentStore } from './attachment.store.js';

/** The task that removes what no statement and no request needs; see AttachmentCleaning. */
export const CLEAN_ATTACHMENTS = 'attachments.clean';

/** Milliseconds after which an upload is looked at again, should its request not have ended it. */
const CLEAN_AFTER = 7 * 60 * 60 * 1_000;

const keyOf = (organizationId: string, blobId: string): string => `attachments/${organizationId}/${blobId}`;

/**
 * Blobs of attachments, from the first byte to the last. A blob has an id of its own, which a row names before the bytes
 * are stored: no other request relies on it before its attachment is committed, and what a killed process leaves is found.
 */
@Injectable()
export class AttachmentBlobs {
  private readonly logger = new Logger('Attachments');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AttachmentStore,
    private readonly storage: BlobStorage,
    private readonly jobs: Jobs,
  ) {}

  /** @returns blob ids, by SHA-2, for those of the bytes that the organization has not */
  begin(organizationId: string, sha2s: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.unitOfWork.run(organizationId, async () => {
      const known = await this.store.known(organizationId, sha2s);
      const uploads = new Map(sha2s.filter((sha2) => !known.has(sha2)).map((sha2) => [sha2, randomUUID()]));
      if (uploads.size === 0) return uploads;
      await this.store.beginUploads(organizationId, [...uploads.values()]);
      await this.cleanLater(organizationId);
      return uploads;
    });
  }

  /** Stores the bytes; nothing when reading them fails, and then what failed is thrown. */
  async put(organizationId: string, blobId: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    let failure: unknown;
    async function* read(): AsyncGenerator<Buffer, void> {
      try {
        yield* bytes;
      } catch (error) {
        failure = error;
        throw error;
      }
    }
    const body = Readable.from(read(), { objectMode: false });
    try {
      await this.storage.put(keyOf(organizationId, blobId), body, { mediaType: 'application/octet-stream' });
    } catch (error) {
      // Storage may fail with an error of its own when it is interrupted.
      throw failure ?? error;
    }
  }

  /** Removes those that have not become attachments. */
  async discard(organizationId: string, uploads: ReadonlyMap<string, string>): Promise<void> {
    if (uploads.size === 0) return;
    try {
      await this.unitOfWork.run(organizationId, async () =>
        this.remove(organizationId, await this.store.left(organizationId, uploads)),
      );
    } catch (error) {
      // The request has its answer; the rows are still there, and AttachmentCleaning comes by later.
      this.logger.warn(`Attachments of a request could not be removed yet: ${(error as Error).message}`);
    }
  }

  /** Removes uploads and their blobs, inside a unit of work. */
  async remove(organizationId: string, blobIds: readonly string[]): Promise<void> {
    if (blobIds.length === 0) return;
    for (const blobId of blobIds) await this.storage.delete(keyOf(organizationId, blobId));
    await this.store.endUploads(organizationId, blobIds);
  }

  /** @throws BlobMissing */
  get(organizationId: string, blobId: string): Promise<Readable> {
    return this.storage.get(keyOf(organizationId, blobId));
  }

  /** For blobs that are known to be small. @throws BlobMissing */
  read(organizationId: string, blobId: string): Promise<Buffer> {
    return this.storage.read(keyOf(organizationId, blobId));
  }

  /** Inside a unit of work. */
  async cleanLater(organizationId: string, milliseconds = CLEAN_AFTER): Promise<void> {
    await this.jobs.enqueue(
      CLEAN_ATTACHMENTS,
      { organizationId },
      {
        jobKey: `${CLEAN_ATTACHMENTS}:${organizationId}`,
        runAt: new Date(Date.now() + milliseconds),
        keepTime: true,
      },
    );
  }
}
