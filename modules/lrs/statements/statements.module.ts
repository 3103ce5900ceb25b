import { Module } from '@nestjs/common';
import { StatementRemovals } from './removal/statement-removals.js';
import { StatementCompanions } from './statement-companions.js';
import { StatementFeed } from './statement-feed.js';
import { StatementHistory } from './statement-history.store.js';
import { StatementPolicies } from './statement-policies.js';
import { StatementSearchStore } from './statement-search.store.js';
import { StatementStore } from './statement.store.js';

/** Statements without a transport: what the routes and the projections stand on. */
@Module({
  providers: [
    StatementCompanions,
    StatementFeed,
    StatementHistory,
    StatementPolicies,
    StatementRemovals,
    StatementSearchStore,
    StatementStore,
  ],
  exports: [
    StatementCompanions,
    StatementFeed,
    StatementHistory,
    StatementPolicies,
    StatementRemovals,
    StatementSearchStore,
    StatementStore,
  ],
})
export class StatementsModule {}
