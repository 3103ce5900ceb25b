import { Module } from '@nestjs/common';
import { AttachmentsModule } from '../attachments/attachments.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { AgentNameErasure } from './agent-name-erasure.step.js';
import { DocumentErasure } from './document-erasure.step.js';
import { ErasureStepsModule } from './erasure-steps.module.js';
import { StatementErasure } from './statement-erasure.step.js';

/** What the learning record store itself does when somebody is erased. */
@Module({
  imports: [AttachmentsModule, CatalogModule, DocumentsModule, ErasureStepsModule],
  providers: [AgentNameErasure, DocumentErasure, StatementErasure],
})
export class LrsErasureModule {}
