import { Injectable } from '@nestjs/common';
import { positionAt, StatementHistory } from '../../lrs/index.js';
import { PipeGauge } from './pipe-gauge.js';
import type { Standing } from './pipe-gauge.js';
import { ProgressStore } from './progress.store.js';
import { WakeUps } from './wake-ups.js';

/** How users reach the delivery of a pipe. What changes joins the caller's unit of work. */
@Injectable()
export class PipeDoor {
  constructor(
    private readonly history: StatementHistory,
    private readonly progress: ProgressStore,
    private readonly wakeUps: WakeUps,
    private readonly gauge: PipeGauge,
  ) {}

  standings(organizationId: string, pipeIds: readonly string[]): Promise<Map<string, Standing>> {
    return this.gauge.standings(organizationId, pipeIds);
  }

  /** The position after which a pipe begins. */
  async startOf(organizationId: string, start: 'NOW' | 'BEGINNING' | Date): Promise<string> {
    if (start === 'BEGINNING') return '0';
    return start === 'NOW' ? justBefore(await this.history.completeBefore(organizationId)) : justBeforeTime(start);
  }

  wake(organizationId: string, pipeId: string): Promise<void> {
    return this.wakeUps.now(organizationId, pipeId);
  }

  /** Does not wait for the time of the next attempt. */
  async hurry(organizationId: string, pipeId: string): Promise<void> {
    await this.progress.hurry(organizationId, pipeId);
    await this.wake(organizationId, pipeId);
  }

  /** Goes on with the first statement that was stored then or later. */
  async moveTo(organizationId: string, pipeId: string, time: Date): Promise<void> {
    await this.progress.moveTo(organizationId, pipeId, justBeforeTime(time));
    await this.wake(organizationId, pipeId);
  }
}

const justBefore = (position: string): string => (BigInt(position) > 0n ? String(BigInt(position) - 1n) : '0');

const justBeforeTime = (time: Date): string => justBefore(positionAt(time.getTime()));
