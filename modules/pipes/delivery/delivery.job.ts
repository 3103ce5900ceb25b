import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { Deliverer } from './deliverer.js';
import type { TurnEnd } from './deliverer.js';
import { PipeGauge } from './pipe-gauge.js';
import { SlowLane } from './slow-lane.js';
import { WAKE_TASK, WakeUps } from './wake-ups.js';

/** A pipe is looked at so often even when nobody wakes it: after a crash just behind a commit nobody does. */
const LOOK_MS = 60_000;

/** How long a pipe that finds no room waits, at most. */
const CROWDED_MS = 5_000;

/** So long after the stop of this process begins its jobs may run elsewhere. */
const STOPPING_MS = 2_000;

/**
 * Delivers, one pipe a job, in workers of its own: targets may take long, and other jobs do not wait for them. Targets that
 * fail or are slow have at most half of the workers; a request that turns out to be slow when that half is taken is given up,
 * and tried again later. So they do not hold up the others. Each pipe that is not paused has
 * exactly one waiting job, which the one before leaves behind: whatever dies, the pipe goes on.
 */
@Injectable()
export class DeliveryJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = WAKE_TASK;
  readonly workers: number;
  private readonly slowLane: SlowLane;
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    @Inject(CONFIG) { pipeWorkers }: Config,
    private readonly runner: JobRunner,
    private readonly deliverer: Deliverer,
    private readonly wakeUps: WakeUps,
    private readonly gauge: PipeGauge,
  ) {
    this.workers = pipeWorkers;
    this.slowLane = new SlowLane(Math.max(1, Math.floor(pipeWorkers / 2)));
  }

  onModuleInit(): void {
    this.runner.register(this);
  }

  /** Requests under way are given up: their statements are offered again, which does no harm. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.underWay);
  }

  async handle(payload: unknown): Promise<void> {
    const work = this.work(payload as { organizationId: string; pipeId: string });
    this.underWay.add(work);
    try {
      await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private async work({ organizationId, pipeId }: { organizationId: string; pipeId: string }): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return this.wakeUps.later(organizationId, pipeId, new Date(Date.now() + STOPPING_MS));
    const end = await this.turn(organizationId, pipeId);
    if (end.kind === 'OVER') return this.gauge.forget(pipeId);
    await this.gauge.measure(organizationId, pipeId);
    return this.wakeUps.later(organizationId, pipeId, nextLook(end, signal.aborted));
  }

  private async turn(organizationId: string, pipeId: string): Promise<TurnEnd> {
    const place = this.slowLane.place();
    try {
      return await this.deliverer.turn(organizationId, pipeId, this.stopping.signal, place);
    } finally {
      place.leave();
    }
  }
}

/** A pipe that waits is looked at meanwhile, for its measurements. */
function nextLook(end: Exclude<TurnEnd, { kind: 'OVER' }>, stopping: boolean): Date {
  const in_ = (milliseconds: number) => new Date(Date.now() + milliseconds);
  switch (end.kind) {
    case 'MORE':
      return in_(stopping ? STOPPING_MS : 0);
    case 'CROWDED':
      return in_(CROWDED_MS * (0.2 + 0.8 * Math.random()));
    case 'CAUGHT_UP':
      return in_(LOOK_MS);
    case 'WAITING':
      return new Date(Math.min(end.until.getTime(), Date.now() + LOOK_MS));
  }
}
