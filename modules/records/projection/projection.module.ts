import { Module } from '@nestjs/common';
import { StatementsModule } from '../../lrs/index.js';
import { ProjectionStore } from './projection.store.js';
import { RecordProjector } from './record-projector.js';
import { RemovedSumStore } from './removed-sum.store.js';

/** The projection alone, without jobs and GraphQL: what a rebuild needs. */
@Module({
  imports: [StatementsModule],
  providers: [ProjectionStore, RecordProjector, RemovedSumStore],
  exports: [ProjectionStore, RecordProjector, RemovedSumStore],
})
export class ProjectionModule {}
