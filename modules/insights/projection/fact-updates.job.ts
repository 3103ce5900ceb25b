import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { PacedRequests } from '../../../src/platform/jobs/paced-requests.js';
import { StatementFeed } from '../../lrs/index.js';
import { FactsProjector } from './facts-projector.js';

/** Least time between two requests to the queue for the same organization, in milliseconds. */
const PACE = 250;

/** A job that takes longer makes room for others, and asks to be run again. In milliseconds. */
const TURN = 10_000;

/**
 * Asks for facts to be brought up to date after statements were stored, after the commit: waking the job queue makes
 * transactions commit one after the other. What a crash in between leaves undone is done with the next statement, or when
 * somebody asks (FactsReader).
 */
@Injectable()
export class FactUpdatesJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = 'facts.update';
  private readonly logger = new Logger('Insights');
  private readonly requests = new PacedRequests(PACE, (organizationId) => this.enqueue(organizationId));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly feed: StatementFeed,
    private readonly projector: FactsProjector,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
    this.feed.onStored((organizationId) => this.requests.ask(organizationId));
  }

  onModuleDestroy(): Promise<void> {
    return this.requests.stop();
  }

  async handle(payload: unknown): Promise<void> {
    const { organizationId } = payload as { organizationId: string };
    if (!(await this.projector.catchUp(organizationId, TURN))) await this.enqueue(organizationId);
  }

  private async enqueue(organizationId: string): Promise<void> {
    try {
      await this.unitOfWork.run(organizationId, () =>
        this.jobs.enqueue(this.task, { organizationId }, { jobKey: `${this.task}:${organizationId}` }),
      );
    } catch (error) {
      // The statements are safe; their facts wait for the next statement or question.
      this.logger.warn(`Facts of ${organizationId} could not be asked for: ${(error as Error).message}`);
    }
  }
}
