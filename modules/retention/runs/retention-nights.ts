import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { RetentionRuleStore } from '../rules/retention-rule.store.js';
import { RunQueue } from './run-queue.js';

/** The night begins at this hour, in UTC; organizations come spread over the two hours from then. */
const HOUR = 1;
const SPREAD_MINUTES = 120;

const DAY_MS = 86_400_000;

/**
 * Has the rules that delete run each night. The job of a night asks for the one of the next in the transaction that starts
 * the runs, so that a crash leaves out neither.
 */
@Injectable()
export class RetentionNights implements JobHandler, OnModuleInit {
  readonly task = 'retention.night';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly rules: RetentionRuleStore,
    private readonly queue: RunQueue,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async handle(payload: unknown): Promise<void> {
    const { organizationId } = payload as { organizationId: string };
    await this.unitOfWork.run(organizationId, async () => {
      for (const rule of await this.rules.enabled(organizationId)) {
        if (rule.action === 'DELETE') await this.queue.add(organizationId, rule, undefined);
      }
      await this.expect(organizationId);
    });
  }

  /** Asks for the next night, inside a unit of work, when there is a rule for it. Asking again changes nothing. */
  async expect(organizationId: string): Promise<void> {
    const rules = await this.rules.enabled(organizationId);
    if (!rules.some(({ action }) => action === 'DELETE')) return;
    await this.jobs.enqueue(
      this.task,
      { organizationId },
      {
        jobKey: `${this.task}:${organizationId}`,
        runAt: nextNight(organizationId, new Date()),
        keepTime: true,
        maxAttempts: 1_000,
      },
    );
  }
}

/** The next time after now. */
export function nextNight(organizationId: string, now: Date): Date {
  const minutes = hash('sha256', organizationId, 'buffer').readUInt32BE() % SPREAD_MINUTES;
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), HOUR, minutes);
  return new Date(today > now.getTime() ? today : today + DAY_MS);
}
