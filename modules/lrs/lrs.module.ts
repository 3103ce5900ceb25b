import { Module } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { ConsistentThrough } from './http/consistent-through.js';
import { DocumentsRoutes } from './http/documents.routes.js';
import { StatementsRoutes } from './http/statements.routes.js';
import { XapiRoutes } from './http/xapi.routes.js';
import { StatementsModule } from './statements/statements.module.js';
import { StatementWriter } from './statements/statement-writer.js';
import { StatementsService } from './statements/statements.service.js';

/** The learning record store: /xapi. */
@Module({
  imports: [DocumentsModule, HttpModule, StatementsModule],
  providers: [ConsistentThrough, DocumentsRoutes, StatementsRoutes, StatementsService, StatementWriter, XapiRoutes],
})
export class LrsModule {}
