import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
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
  /** By organization: whether the queue must be asked again, and the end of the asking. */
  private readonly asking = new Map<string, { again: boolean; done: Promise<void> }>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly feed: StatementFeed,
    private readonly projector: RecordProjector,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
    this.feed.onStored((organizationId) => this.ask(organizationId));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.asking.values()].map(({ done }) => done));
  }

  async handle(payload: unknown): Promise<void> {
    const { organizationId } = payload as { organizationId: string };
    await this.projector.catchUp(organizationId);
  }

  private ask(organizationId: string): void {
    const underWay = this.asking.get(organizationId);
    if (underWay) underWay.again = true;
    else this.asking.set(organizationId, { again: false, done: this.askUntilQuiet(organizationId) });
  }

  private async askUntilQuiet(organizationId: string): Promise<void> {
    do {
      const underWay = this.asking.get(organizationId);
      if (underWay) underWay.again = false;
      await this.enqueue(organizationId);
      await this.restUnlessStopping();
    } while (this.asking.get(organizationId)?.again);
    this.asking.delete(organizationId);
  }

  private async restUnlessStopping(): Promise<void> {
    const { signal } = this.stopping;
    await pause(PACE, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
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
