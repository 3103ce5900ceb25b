import { Module } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { StatementsModule } from '../lrs/index.js';
import { AggregateStore } from './aggregates/aggregate.store.js';
import { AggregatesService } from './aggregates/aggregates.service.js';
import { AggregateResolver } from './graphql/aggregate.resolver.js';
import { StatementResolver } from './graphql/statement.resolver.js';
import { ActivityResolver, VerbResolver } from './graphql/term.resolvers.js';
import { FactUpdatesJob } from './projection/fact-updates.job.js';
import { FactsLag } from './projection/facts-lag.js';
import { FactsProjectionModule } from './projection/facts-projection.module.js';
import { FactsReader } from './statements/facts-reader.js';
import { RecordedStatementsService } from './statements/recorded-statements.service.js';
import { StatementConditionsStore } from './statements/statement-conditions.store.js';
import { StatementListStore } from './statements/statement-list.store.js';
import { StatementStream } from './statements/statement-stream.js';
import { StatementTimeoutStore } from './statements/statement-timeout.store.js';

/** Questions about statements: lists and aggregates, answered from facts. */
@Module({
  imports: [FactsProjectionModule, HttpModule, JobsModule, StatementsModule],
  providers: [
    ActivityResolver,
    AggregateResolver,
    AggregatesService,
    AggregateStore,
    FactsLag,
    FactsReader,
    FactUpdatesJob,
    RecordedStatementsService,
    StatementConditionsStore,
    StatementListStore,
    StatementResolver,
    StatementStream,
    StatementTimeoutStore,
    VerbResolver,
  ],
})
export class InsightsModule {}
