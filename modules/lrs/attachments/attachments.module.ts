import { Module } from '@nestjs/common';
import { JobsModule } from '../../../src/platform/jobs/jobs.module.js';
import { StorageModule } from '../../../src/platform/storage/storage.module.js';
import { StatementsModule } from '../statements/statements.module.js';
import { AttachmentBlobs } from './attachment-blobs.js';
import { AttachmentCleaning } from './attachment-cleaning.js';
import { AttachmentCompanion } from './attachment-companion.js';
import { AttachmentErasure } from './attachment-erasure.js';
import { AttachmentIntake } from './attachment-intake.js';
import { AttachmentStore } from './attachment.store.js';
import { AttachmentsService } from './attachments.service.js';

/** Attachments of statements: taking them in, giving them out, removing them. */
@Module({
  imports: [JobsModule, StatementsModule, StorageModule],
  providers: [
    AttachmentBlobs,
    AttachmentCleaning,
    AttachmentCompanion,
    AttachmentErasure,
    AttachmentIntake,
    AttachmentStore,
    AttachmentsService,
  ],
  exports: [AttachmentCleaning, AttachmentErasure, AttachmentIntake, AttachmentsService],
})
export class AttachmentsModule {}
