import { Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureStepsModule, ProjectionsModule, ProjectionUpdates, StatementsModule } from '../lrs/index.js';
import { PersonIdentitiesModule } from '../persons/index.js';
import { LearnerRecordResolver } from './graphql/learner-record.resolver.js';
import { RecordLoaders } from './graphql/record-loaders.js';
import { LearnerRecordStore } from './learner-record.store.js';
import { LearnerRecordsService } from './learner-records.service.js';
import { ProjectionModule } from './projection/projection.module.js';
import { RecordErasure } from './projection/record-erasure.step.js';
import { RecordKeeping } from './projection/record-keeping.js';
import { RecordProjector } from './projection/record-projector.js';

/** Learner records: a projection of statements, read by GraphQL. */
@Module({
  imports: [ErasureStepsModule, PersonIdentitiesModule, ProjectionModule, ProjectionsModule, StatementsModule],
  providers: [
    LearnerRecordResolver,
    LearnerRecordStore,
    LearnerRecordsService,
    RecordErasure,
    RecordKeeping,
    RecordLoaders,
  ],
})
export class RecordsModule implements OnModuleInit {
  constructor(
    private readonly updates: ProjectionUpdates,
    private readonly projector: RecordProjector,
  ) {}

  onModuleInit(): void {
    this.updates.follow('records.update', this.projector);
  }
}
