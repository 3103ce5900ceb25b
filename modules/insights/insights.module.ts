import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { ErasureStepsModule, ProjectionsModule, ProjectionUpdates, StatementsModule } from '../lrs/index.js';
import { PersonIdentitiesModule } from '../persons/index.js';
import { AggregateStore } from './aggregates/aggregate.store.js';
import { AggregatesService } from './aggregates/aggregates.service.js';
import { AggregateResolver } from './graphql/aggregate.resolver.js';
import { StatementResolver } from './graphql/statement.resolver.js';
import { ActivityResolver, VerbResolver } from './graphql/term.resolvers.js';
import { FactErasure } from './erasure/fact-erasure.step.js';
import { FactErasureStore } from './erasure/fact-erasure.store.js';
import { FactsLag } from './projection/facts-lag.js';
import { FactsProjectionModule } from './projection/facts-projection.module.js';
import { FactsProjector } from './projection/facts-projector.js';
import { FactsRemoval } from './projection/facts-removal.js';
import { FactsRemovalStore } from './projection/facts-removal.store.js';
import { FactsReader } from './statements/facts-reader.js';
import { RecordedStatementsService } from './statements/recorded-statements.service.js';
import { StatementConditionsStore } from './statements/statement-conditions.store.js';
import { StatementListStore } from './statements/statement-list.store.js';
import { StatementScan } from './statements/statement-scan.js';
import { StatementSelectionStore } from './statements/statement-selection.store.js';
import { StatementStream } from './statements/statement-stream.js';
import { StatementTimeoutStore } from './statements/statement-timeout.store.js';

/** Questions about statements: lists and aggregates, answered from facts. */
@Module({
  imports: [
    ErasureStepsModule,
    FactsProjectionModule,
    HttpModule,
    PersonIdentitiesModule,
    ProjectionsModule,
    StatementsModule,
  ],
  providers: [
    ActivityResolver,
    AggregateResolver,
    AggregatesService,
    AggregateStore,
    FactErasure,
    FactErasureStore,
    FactsLag,
    FactsReader,
    FactsRemoval,
    FactsRemovalStore,
    RecordedStatementsService,
    StatementConditionsStore,
    StatementListStore,
    StatementResolver,
    StatementScan,
    StatementSelectionStore,
    StatementStream,
    StatementTimeoutStore,
    VerbResolver,
  ],
  exports: [FactsReader, StatementScan, StatementSelectionStore],
})
export class InsightsModule implements OnModuleInit {
  constructor(
    private readonly updates: ProjectionUpdates,
    private readonly projector: FactsProjector,
  ) {}

  onModuleInit(): void {
    this.updates.follow('facts.update', this.projector);
  }
}
