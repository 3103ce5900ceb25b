import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ErasureSteps, StatementHistory } from '../../lrs/index.js';
import type { Erasure } from '../erasure.js';
import { ErasureQueue } from '../erasure-queue.js';
import { ErasureStore } from '../erasure.store.js';

/** How long transactions that were under way when it began may take, in milliseconds; then a later attempt goes on. */
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
   * @throws Error when a transaction that was under way does not end
   */
  async of(organizationId: string, id: string): Promise<Erasure | undefined> {
    const started = await this.unitOfWork.run(organizationId, () => this.begin(organizationId, id));
    if (started) await this.waitForOthers(organizationId, started);
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

  /** What was written before it began, a statement or a document, may be committed later: nobody sees it until then. */
  private async waitForOthers(organizationId: string, { id, before }: Erasure): Promise<void> {
    const giveUp = performance.now() + PATIENCE;
    const isOver = () =>
      this.unitOfWork.read(
        organizationId,
        async () =>
          (await this.erasures.isAlone(organizationId, id)) &&
          BigInt(await this.history.completeBefore(organizationId)) >= BigInt(before!),
      );
    while (!(await isOver())) {
      if (performance.now() > giveUp) throw new Error('A transaction that was under way has not ended for long.');
      await pause(20);
    }
  }
}
