import { Module } from '@nestjs/common';
import { ConsistentThrough } from './http/consistent-through.js';
import { StatementsRoutes } from './http/statements.routes.js';
import { XapiRoutes } from './http/xapi.routes.js';
import { StatementFeed } from './statement-feed.js';
import { StatementSearchStore } from './statement-search.store.js';
import { StatementStore } from './statement.store.js';
import { StatementsService } from './statements.service.js';

/** The learning record store: /xapi, and statements for other modules. */
@Module({
  providers: [
    ConsistentThrough,
    StatementFeed,
    StatementSearchStore,
    StatementStore,
    StatementsRoutes,
    StatementsService,
    XapiRoutes,
  ],
  exports: [StatementFeed, StatementsService],
})
export class LrsModule {}
