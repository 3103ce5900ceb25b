import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { BlobStorage } from './blob-storage.js';
import { FolderStorage } from './folder-storage.js';
import { S3Storage } from './s3-storage.js';

/** The storage that the configuration names. */
@Module({
  providers: [
    {
      provide: BlobStorage,
      inject: [CONFIG],
      useFactory: ({ storageUrl, dataDirectory }: Config) =>
        storageUrl === undefined ? new FolderStorage(join(dataDirectory, 'blobs')) : S3Storage.of(storageUrl),
    },
  ],
  exports: [BlobStorage],
})
export class StorageModule {}
