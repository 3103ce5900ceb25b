import { Injectable } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { ResumableJob } from '../../../src/platform/jobs/resumable-job.js';
import { YearDrops } from '../years/year-drops.js';
import type { RetentionRun } from './retention-run.js';
import { RUN_RETENTION } from './run-queue.js';
import { RunSteps } from './run-steps.js';

/** Applies a rule. Run again after a crash, it goes on behind the last batch. */
@Injectable()
export class RetentionJob extends ResumableJob<RetentionRun> {
  readonly task = RUN_RETENTION;
  protected override readonly idName = 'runId';

  constructor(
    jobs: JobRunner,
    private readonly steps: RunSteps,
    private readonly years: YearDrops,
  ) {
    super(jobs);
  }

  protected override begin(organizationId: string, id: string): Promise<RetentionRun | undefined> {
    return this.steps.begin(organizationId, id);
  }

  protected override async goOn(organizationId: string, run: RetentionRun): Promise<void> {
    await this.steps.prepare(organizationId, run);
    await this.years.dropFor(organizationId, run);
    while (await this.steps.next(organizationId, run.id)) this.checkpoint();
  }

  protected override pause(organizationId: string, id: string, reason?: string): Promise<void> {
    return this.steps.pause(organizationId, id, reason);
  }

  protected override fail(organizationId: string, id: string, reason: string): Promise<void> {
    return this.steps.fail(organizationId, id, reason);
  }
}
