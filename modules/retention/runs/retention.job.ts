import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { YearDrops } from '../years/year-drops.js';
import type { RetentionRun } from './retention-run.js';
import { MAXIMUM_ATTEMPTS, RUN_RETENTION } from './run-queue.js';
import { RunSteps } from './run-steps.js';

interface Payload {
  readonly organizationId: string;
  readonly runId: string;
}

/** The service stops: the next start goes on. */
class Interrupted extends Error {}

/** Applies a rule. Run again after a crash, it goes on behind the last batch. */
@Injectable()
export class RetentionJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = RUN_RETENTION;
  private readonly logger = new Logger('Retention');
  private stopping = false;

  constructor(
    private readonly jobs: JobRunner,
    private readonly steps: RunSteps,
    private readonly years: YearDrops,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  /** Before the runner waits for its jobs. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** @throws what went wrong when another attempt may help. */
  async handle(payload: unknown): Promise<void> {
    const { organizationId, runId } = payload as Payload;
    const run = await this.steps.begin(organizationId, runId);
    if (!run) return;
    if (run.attempts > MAXIMUM_ATTEMPTS) {
      return this.steps.fail(organizationId, runId, run.error ?? 'It was cut off each time it began.');
    }
    try {
      await this.work(organizationId, run);
    } catch (error) {
      await this.pause(organizationId, run, error);
      throw error;
    }
  }

  private async work(organizationId: string, run: RetentionRun): Promise<void> {
    await this.steps.prepare(organizationId, run);
    await this.years.dropFor(organizationId, run);
    while (await this.steps.next(organizationId, run.id)) {
      if (this.stopping) throw new Interrupted('The service stops; the next start goes on.');
    }
  }

  private async pause(organizationId: string, { id, attempts }: RetentionRun, error: unknown): Promise<void> {
    if (error instanceof Interrupted) return this.steps.pause(organizationId, id);
    this.logger.error({ retentionRunId: id, attempts, err: error });
    await this.steps.pause(organizationId, id, `Deleting failed on our side; the log has it under the id ${id}.`);
  }
}
