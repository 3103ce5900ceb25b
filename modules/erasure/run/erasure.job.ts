import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { NotFound } from '../../../src/platform/errors.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { ErasureQueue, ERASE_PERSON } from '../erasure-queue.js';
import { ErasureRun } from './erasure-run.js';

interface Payload {
  readonly organizationId: string;
  readonly erasureId: string;
}

/** The job that erases somebody. Run again after a crash, it goes on from the checkpoint. */
@Injectable()
export class ErasureJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = ERASE_PERSON;
  private readonly logger = new Logger('Erasure');
  private stopping = false;

  constructor(
    private readonly runner: JobRunner,
    private readonly queue: ErasureQueue,
    private readonly run: ErasureRun,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  /** Before the runner waits for its jobs. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** @throws what went wrong: the next attempt goes on */
  async handle(payload: unknown): Promise<void> {
    const { organizationId, erasureId } = payload as Payload;
    const erasure = await this.queue.find(organizationId, erasureId);
    if (erasure instanceof NotFound || erasure.status === 'DONE') return;
    try {
      await this.run.goOn(organizationId, erasure, () => this.stopping);
    } catch (error) {
      this.logger.error({ erasureId, err: error });
      await this.run.cutOff(organizationId, erasureId, error);
      throw error;
    }
  }
}
