import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobOptions } from '../../../src/platform/jobs/jobs.js';
import { StatementFeed } from '../../lrs/index.js';
import { ProgressStore } from './progress.store.js';

export const WAKE_TASK = 'pipes.deliver';

/** A pipe never gives up; this is what the queue can count to. */
const ATTEMPTS = 32_000;

/** Least time between two look-ups of the pipes of an organization, in milliseconds. */
const PACE = 250;

/**
 * Sets the times at which pipes are looked at. After statements were stored that is at once: after the commit and not
 * within it, since waking the queue makes transactions commit one after the other, and four times a second at most.
 */
@Injectable()
export class WakeUps implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Pipes');
  /** By organization: whether pipes must be woken again, and the end of the waking. */
  private readonly waking = new Map<string, { again: boolean; done: Promise<void> }>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly feed: StatementFeed,
    private readonly progress: ProgressStore,
  ) {}

  onModuleInit(): void {
    this.feed.onStored((organizationId) => this.wakeReady(organizationId));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.waking.values()].map(({ done }) => done));
  }

  /** Looks at a pipe when the current unit of work has committed. */
  async now(organizationId: string, pipeId: string): Promise<void> {
    await this.enqueue(organizationId, pipeId, {});
  }

  /** Looks at a pipe then, unless somebody has asked for it to be earlier. */
  async later(organizationId: string, pipeId: string, runAt: Date): Promise<void> {
    await this.unitOfWork.run(organizationId, () => this.enqueue(organizationId, pipeId, { runAt, keepTime: true }));
  }

  /** Jobs of one pipe run one after the other, in whatever process: there is one request to a target at a time. */
  private enqueue(organizationId: string, pipeId: string, time: Pick<JobOptions, 'runAt' | 'keepTime'>): Promise<void> {
    const name = `${WAKE_TASK}:${pipeId}`;
    const options = { jobKey: name, queue: name, maxAttempts: ATTEMPTS, ...time };
    return this.jobs.enqueue(WAKE_TASK, { organizationId, pipeId }, options);
  }

  private wakeReady(organizationId: string): void {
    const underWay = this.waking.get(organizationId);
    if (underWay) underWay.again = true;
    else this.waking.set(organizationId, { again: false, done: this.wakeUntilQuiet(organizationId) });
  }

  private async wakeUntilQuiet(organizationId: string): Promise<void> {
    do {
      const underWay = this.waking.get(organizationId);
      if (underWay) underWay.again = false;
      await this.wakeAll(organizationId);
      await this.restUnlessStopping();
    } while (this.waking.get(organizationId)?.again);
    this.waking.delete(organizationId);
  }

  private async restUnlessStopping(): Promise<void> {
    const { signal } = this.stopping;
    await pause(PACE, undefined, { signal, ref: false }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  private async wakeAll(organizationId: string): Promise<void> {
    try {
      const ready = await this.unitOfWork.read(organizationId, () => this.progress.ready(organizationId));
      if (ready.length === 0) return;
      await this.unitOfWork.run(organizationId, async () => {
        for (const pipeId of ready) await this.now(organizationId, pipeId);
      });
    } catch (error) {
      // The statements are safe; pipes look for them once a minute in any case.
      this.logger.warn(`The pipes of ${organizationId} could not be woken: ${(error as Error).message}`);
    }
  }
}
