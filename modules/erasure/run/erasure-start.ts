import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ErasureSteps, StatementHistory } from '../../lrs/index.js';
import type { Erasure } from '../erasure.js';
import { ErasureQueue } from '../erasure-queue.js';
import { ErasureStore } from '../erasure.store.js';

/** How long transactions that were storing statements when it began may take, in milliseconds; then a later attempt goes on. */
const PATIENCE = 10_000;

/** Settles what an erasure is about: everything that was stored, or handed over, before it begins. */
@Injectable()
export class ErasureStart {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly queue: ErasureQueue,
    private readonly steps: ErasureSteps,
    private readonly history: StatementHistory,
  ) {}

  /**
   * @returns undefined when something is on its way into the store: then the job is asked for again
   * @throws Error when a transaction that stores statements does not end
   */
  async of(organizationId: string, id: string): Promise<Erasure | undefined> {
    const started = await this.unitOfWork.run(organizationId, () => this.begin(organizationId, id));
    if (started) await this.waitUntilComplete(organizationId, started.before!);
    return started;
  }

  private async begin(organizationId: string, id: string): Promise<Erasure | undefined> {
    const erasure = (await this.erasures.find(organizationId, id))!;
    if (erasure.status !== 'WAITING') return erasure;
    for (const step of this.steps.all) {
      if (!(await step.isWaiting?.(organizationId, erasure.requestedAt))) continue;
      await this.queue.lookAgain(organizationId, id);
      return undefined;
    }
    return this.erasures.start(organizationId, id);
  }

  /** A statement may be committed later than others that were stored after it. */
  private async waitUntilComplete(organizationId: string, before: string): Promise<void> {
    const giveUp = performance.now() + PATIENCE;
    const completeBefore = () =>
      this.unitOfWork.read(organizationId, () => this.history.completeBefore(organizationId));
    while (BigInt(await completeBefore()) < BigInt(before)) {
      if (performance.now() > giveUp) throw new Error('A transaction that stores statements has not ended for long.');
      await pause(20);
    }
  }
}
