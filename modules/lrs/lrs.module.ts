import { Module } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { AttachmentsModule } from './attachments/attachments.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { DocumentsModule } from './documents/documents.module.js';
import { LrsErasureModule } from './erasure/lrs-erasure.module.js';
import { CatalogRoutes } from './http/catalog.routes.js';
import { ConsistentThrough } from './http/consistent-through.js';
import { DocumentsRoutes } from './http/documents/documents.routes.js';
import { StatementAnswers } from './http/statement-answers.js';
import { StatementFormats } from './http/statement-formats.js';
import { StatementsBodies } from './http/statements-bodies.js';
import { StatementsRoutes } from './http/statements.routes.js';
import { XAPI_RESOURCES, XapiRoutes } from './http/xapi.routes.js';
import type { XapiResourceRoutes } from './http/xapi.routes.js';
import { StatementsModule } from './statements/statements.module.js';
import { StoringModule } from './statements/storing.module.js';

/** The resources of xAPI below /xapi; a new one is one line here. */
const RESOURCES = [StatementsRoutes, DocumentsRoutes, CatalogRoutes];

/** The learning record store: /xapi. */
@Module({
  imports: [
    AttachmentsModule,
    CatalogModule,
    DocumentsModule,
    HttpModule,
    LrsErasureModule,
    StatementsModule,
    StoringModule,
  ],
  providers: [
    ConsistentThrough,
    ...RESOURCES,
    { provide: XAPI_RESOURCES, useFactory: (...all: XapiResourceRoutes[]) => all, inject: RESOURCES },
    StatementAnswers,
    StatementFormats,
    StatementsBodies,
    XapiRoutes,
  ],
})
export class LrsModule {}
