import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory } from '../../lrs/index.js';
import type { Outgoing } from '../targets/target.js';
import { nextAttempt } from './back-off.js';
import { DeadLetterStore } from './dead-letter.store.js';
import type { RefusedStatement } from './offer.js';
import { PipeMetrics } from './pipe-metrics.js';
import { ProgressStore } from './progress.store.js';
import type { Outcome } from './progress.store.js';

/** A part of a load that is dealt with. */
export interface Settlement extends Pick<Outcome, 'from' | 'to' | 'batchLimit' | 'took'> {
  /** Positions of what the target has taken. */
  readonly delivered: readonly string[];
  readonly refused: readonly RefusedStatement[];
  /** Positions of dead letters that have no statement any more. */
  readonly gone: readonly string[];
}

/** A try that settled nothing. */
export interface FailedTry {
  /** In a row, with this one. */
  readonly failures: number;
  readonly message: string;
  /** What was offered. */
  readonly outgoing: readonly Outgoing[];
  readonly retryAt: Date | undefined;
  readonly took: number;
}

const LONGEST_MESSAGE = 1_000;

const NOT_KEPT = 'It failed; what it said is not kept, as somebody was erased from the statements meanwhile.';

/** Remembers what came of deliveries: the cursor, what was delivered and what was refused, in one transaction. */
@Injectable()
export class Settlements {
  private readonly logger = new Logger('Pipes');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly progress: ProgressStore,
    private readonly deadLetters: DeadLetterStore,
    private readonly metrics: PipeMetrics,
    private readonly history: StatementHistory,
  ) {}

  /** @returns whether the pipe still stood where the load began; otherwise nothing is remembered */
  async settle(organizationId: string, pipeId: string, settlement: Settlement): Promise<boolean> {
    const { from, to, delivered, refused, gone, batchLimit, took } = settlement;
    const settled = await this.unitOfWork.run(organizationId, async () => {
      const outcome = { from, to, delivered: delivered.length, batchLimit, took };
      if (!(await this.progress.settle(organizationId, pipeId, outcome))) return false;
      await this.deadLetters.remove(organizationId, pipeId, [...delivered, ...gone]);
      await this.deadLetters.put(organizationId, pipeId, await this.answersToKeep(organizationId, refused));
      return true;
    });
    if (settled) this.metrics.delivered.inc({ pipe: pipeId }, delivered.length);
    return settled;
  }

  /** @returns when to try again */
  async fail(organizationId: string, pipeId: string, failed: FailedTry): Promise<Date> {
    const { failures, retryAt, took } = failed;
    const nextAttemptAt = nextAttempt(failures, new Date(), retryAt);
    await this.unitOfWork.run(organizationId, async () => {
      await this.progress.lock(organizationId, pipeId);
      const isKept = (await this.rewritten(organizationId, failed.outgoing)).size === 0;
      const message = isKept ? failed.message.slice(0, LONGEST_MESSAGE) : NOT_KEPT;
      await this.progress.fail(organizationId, pipeId, { failures, message, nextAttemptAt, took });
    });
    this.metrics.failures.inc({ pipe: pipeId });
    // Without the message: a target may say again what learners did.
    if (failures === 1) this.logger.warn(`The target of pipe ${pipeId} fails; it is tried again and again.`);
    return nextAttemptAt;
  }

  /** Keeps another sealed form of the same secret. */
  async reseal(organizationId: string, pipeId: string, from: string, to: string): Promise<void> {
    await this.unitOfWork.run(organizationId, () => this.progress.reseal(organizationId, pipeId, from, to));
  }

  /** Without those that may say again what an erasure has taken out while the target was asked. */
  private async answersToKeep(
    organizationId: string,
    refused: readonly RefusedStatement[],
  ): Promise<readonly RefusedStatement[]> {
    const rewritten = await this.rewritten(
      organizationId,
      refused.map(({ outgoing }) => outgoing),
    );
    return refused.map((one) =>
      rewritten.has(one.outgoing.position) ? { ...one, refusal: { ...one.refusal, answer: '' } } : one,
    );
  }

  /** Positions of statements that are not what was offered any more. The pipe's progress is locked, as an erasure locks it. */
  private async rewritten(organizationId: string, outgoing: readonly Outgoing[]): Promise<Set<string>> {
    if (outgoing.length === 0) return new Set();
    const offered = new Map(outgoing.map(({ position, text }) => [position, text]));
    const now = await this.history.at(organizationId, [...offered.keys()]);
    return new Set(now.filter(({ position, text }) => offered.get(position) !== text).map(({ position }) => position));
  }
}
