import { Module } from '@nestjs/common';
import { DocumentStore } from './document.store.js';
import { DocumentsService } from './documents.service.js';

/** Documents without a transport. */
@Module({
  providers: [DocumentStore, DocumentsService],
  exports: [DocumentsService],
})
export class DocumentsModule {}
