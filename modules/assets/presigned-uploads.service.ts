import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { Conflict, NotFound, type ValidationFailed } from '../../src/platform/errors.js';
import { BlobStorage } from '../../src/platform/storage/blob-storage.js';
import type { Asset } from './asset.js';
import { refusal } from './asset.errors.js';
import { AssetsService } from './assets.service.js';

/** A place to send bytes to, past this service. */
export interface PresignedUpload {
  readonly uploadId: string;
  /** Takes one PUT with the body. */
  readonly url: string;
  readonly expiresAt: Date;
}

const EXPIRES_SECONDS = 900;

/** Uploads that go straight to S3-compatible storage and are judged when they have arrived. */
@Injectable()
export class PresignedUploadsService {
  constructor(
    private readonly storage: BlobStorage,
    private readonly assets: AssetsService,
  ) {}

  async begin(principal: Principal, bytes: number): Promise<PresignedUpload | Conflict | ValidationFailed> {
    requireScope(principal, 'author');
    if (this.storage.presignPut === undefined) {
      return new Conflict('The storage of this service takes no presigned uploads; POST the file to /assets.');
    }
    const limit = await this.assets.limit(principal);
    if (bytes < 1 || bytes > limit)
      return refusal('OUT_OF_RANGE', `The size must be from 1 to ${limit} bytes.`, 'bytes');
    const uploadId = uuidV7();
    const expiresAt = new Date(Date.now() + EXPIRES_SECONDS * 1_000);
    const url = await this.storage.presignPut(incomingKey(principal, uploadId), {
      mediaType: 'application/octet-stream',
      bytes,
      expiresSeconds: EXPIRES_SECONDS,
    });
    return { uploadId, url, expiresAt };
  }

  /** Judges what has arrived; a refused file is removed. */
  async complete(
    principal: Principal,
    upload: { uploadId: string; fileName: string; externalId?: string | undefined },
  ): Promise<Asset | NotFound | ValidationFailed> {
    requireScope(principal, 'author');
    const key = incomingKey(principal, upload.uploadId);
    if ((await this.storage.head(key)) === undefined) return new NotFound('Upload', upload.uploadId, ['uploadId']);
    const asset = await this.assets.store(principal, { ...upload, body: await this.storage.get(key) });
    await this.storage.delete(key);
    return asset;
  }
}

const incomingKey = (principal: Principal, uploadId: string): string =>
  `uploads/${principal.organizationId}/${uploadId}`;
