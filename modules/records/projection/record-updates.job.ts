import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { PacedRequests } from '../../../src/platform/jobs/paced-requests.js';
import { StatementFeed } from '../../lrs/index.js';
import { RecordProjector } from './record-projector.js';

/** Least time between two requests to the queue for the same organization, in milliseconds. */
const PACE = 250;

/**
 * Asks for records to be brought up to date after statements were stored. It asks after the commit and not within it:
 * waking the job queue makes transactions commit one after the other. What a crash in between leaves undone is done with
 * the next statement, or when records are read (LearnerRecordsService). However many statements come, the queue is asked
 * four times a second at most.
 */
@Injectable()
export class RecordUpdatesJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = 'records.update';
  private readonly logger = new Logger('Records');
  private readonly requests = new PacedRequests(PACE, (organizationId) => this.enqueue(organizationId));

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly feed: StatementFeed,
    private readonly projector: RecordProjector,
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
    await this.projector.catchUp(organizationId);
  }

  private async enqueue(organizationId: string): Promise<void> {
    try {
      await this.unitOfWork.run(organizationId, () =>
        this.jobs.enqueue(this.task, { organizationId }, { jobKey: `${this.task}:${organizationId}` }),
      );
    } catch (error) {
      // The statements are safe; their records wait for the next statement or reader.
      this.logger.warn(`Records of ${organizationId} could not be asked for: ${(error as Error).message}`);
    }
  }
}
