import { Module } from '@nestjs/common';
import { DocumentStore } from './document.store.js';
import { DocumentsService } from './documents.service.js';
import { StateRemovalStore } from './state-removal.store.js';

/** Documents without a transport. */
@Module({
  providers: [DocumentStore, DocumentsService, StateRemovalStore],
  exports: [DocumentsService, StateRemovalStore],
})
export class DocumentsModule {}
