import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../../src/platform/jobs/jobs.js';
import { PacedRequests } from '../../../../src/platform/jobs/paced-requests.js';
import { StatementFeed } from '../statement-feed.js';
import type { StatementProjector } from './statement-projector.js';

/** Least time between two requests to the queue for the same organization, in milliseconds. */
const PACE = 250;

/** A job that takes longer makes room for others, and asks to be run again. In milliseconds. */
const TURN = 10_000;

/**
 * Asks for projections to be brought up to date after statements were stored. It asks after the commit and not within it:
 * waking the job queue makes transactions commit one after the other. What a crash in between leaves undone is done with
 * the next statement, or when the projection is read. However many statements come, the queue is asked four times a second
 * at most.
 */
@Injectable()
export class ProjectionUpdates implements OnModuleDestroy {
  private readonly logger = new Logger('Projections');
  private readonly followed: PacedRequests[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly feed: StatementFeed,
  ) {}

  /** From now on, jobs of this task keep the projection up to date. To be called in onModuleInit. */
  follow(task: string, projector: StatementProjector): void {
    const requests = new PacedRequests(PACE, (organizationId) => this.enqueue(task, organizationId));
    this.followed.push(requests);
    this.runner.register({
      task,
      handle: async (payload) => {
        const { organizationId } = payload as { organizationId: string };
        if (!(await projector.catchUp(organizationId, TURN))) await this.enqueue(task, organizationId);
      },
    });
    this.feed.onStored((organizationId) => requests.ask(organizationId));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.followed.map((requests) => requests.stop()));
  }

  private async enqueue(task: string, organizationId: string): Promise<void> {
    try {
      await this.unitOfWork.run(organizationId, () =>
        this.jobs.enqueue(task, { organizationId }, { jobKey: `${task}:${organizationId}` }),
      );
    } catch (error) {
      // The statements are safe; what is made of them waits for the next statement or reader.
      this.logger.warn(`${task} of ${organizationId} could not be asked for: ${(error as Error).message}`);
    }
  }
}
