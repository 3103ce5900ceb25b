import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { BlobStorage } from './blob-storage.js';
import { FolderStorage } from './folder-storage.js';

/** The storage that the configuration names. */
@Module({
  providers: [
    {
      provide: BlobStorage,
      inject: [CONFIG],
      useFactory: async ({ storageUrl, dataDirectory }: Config) => {
        if (storageUrl === undefined) return new FolderStorage(join(dataDirectory, 'blobs'));
        // Its library is large; whoever does not use S3 does not load it.
        const { S3Storage } = await import('./s3-storage.js');
        return S3Storage.of(storageUrl);
      },
    },
  ],
  exports: [BlobStorage],
})
export class StorageModule {}
