import { Module } from '@nestjs/common';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { StatementsModule } from '../lrs/index.js';
import { LearnerRecordResolver } from './graphql/learner-record.resolver.js';
import { RecordLoaders } from './graphql/record-loaders.js';
import { LearnerRecordStore } from './learner-record.store.js';
import { LearnerRecordsService } from './learner-records.service.js';
import { ProjectionModule } from './projection/projection.module.js';
import { RecordUpdatesJob } from './projection/record-updates.job.js';

/** Learner records: a projection of statements, read by GraphQL. */
@Module({
  imports: [JobsModule, ProjectionModule, StatementsModule],
  providers: [LearnerRecordResolver, LearnerRecordStore, LearnerRecordsService, RecordLoaders, RecordUpdatesJob],
})
export class RecordsModule {}
