import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../src/platform/errors.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { ResumableJob } from '../../../src/platform/jobs/resumable-job.js';
import type { Verdict } from '../../../src/platform/jobs/resumable-job.js';
import { SealBroken } from '../../../src/platform/secrets/sealed-secrets.js';
import { isFinished } from '../erasure.js';
import type { Erasure } from '../erasure.js';
import { ERASE_PERSON } from '../erasure-queue.js';
import { ErasureProgress } from './erasure-progress.js';
import { ErasureRun } from './erasure-run.js';

/** The job that erases somebody. Run again after a crash, it goes on from the checkpoint; it is never given up. */
@Injectable()
export class ErasureJob extends ResumableJob<Erasure> {
  readonly task = ERASE_PERSON;
  protected override readonly idName = 'erasureId';

  constructor(
    jobs: JobRunner,
    private readonly progress: ErasureProgress,
    private readonly run: ErasureRun,
  ) {
    super(jobs);
  }

  protected override async begin(organizationId: string, id: string): Promise<Erasure | undefined> {
    const found = await this.progress.find(organizationId, id);
    return found instanceof NotFound || isFinished(found) ? undefined : found;
  }

  protected override goOn(organizationId: string, { id }: Erasure): Promise<void> {
    return this.run.goOn(organizationId, id, this.checkpoint);
  }

  protected override async pause(organizationId: string, id: string, reason?: string): Promise<void> {
    if (reason !== undefined) await this.progress.noteError(organizationId, id, reason);
  }

  protected override verdictOf(error: unknown): Verdict | undefined {
    return error instanceof SealBroken ? { reason: error.message, forGood: false } : undefined;
  }
}
