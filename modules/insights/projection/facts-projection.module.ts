import { Module } from '@nestjs/common';
import { StatementsModule } from '../../lrs/index.js';
import { FactsProjector } from './facts-projector.js';
import { FactsStore } from './facts.store.js';

/** The projection alone, without jobs and GraphQL: what a rebuild needs. */
@Module({
  imports: [StatementsModule],
  providers: [FactsProjector, FactsStore],
  exports: [FactsProjector, FactsStore],
})
export class FactsProjectionModule {}
