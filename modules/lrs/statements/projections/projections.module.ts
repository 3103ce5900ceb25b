import { Module } from '@nestjs/common';
import { JobsModule } from '../../../../src/platform/jobs/jobs.module.js';
import { StatementsModule } from '../statements.module.js';
import { ProjectionUpdates } from './projection-updates.js';

/** What keeps the projections of statements up to date. */
@Module({ imports: [JobsModule, StatementsModule], providers: [ProjectionUpdates], exports: [ProjectionUpdates] })
export class ProjectionsModule {}
