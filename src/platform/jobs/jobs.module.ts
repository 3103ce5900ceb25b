import { Module } from '@nestjs/common';
import { HttpModule } from '../http/http.module.js';
import { JobRunner } from './job-runner.js';
import { Jobs } from './jobs.js';

/** The job queue and its runner. */
@Module({ imports: [HttpModule], providers: [Jobs, JobRunner], exports: [Jobs, JobRunner] })
export class JobsModule {}
