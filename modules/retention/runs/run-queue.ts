import { Injectable } from '@nestjs/common';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import { QUEUE_ATTEMPTS } from '../../../src/platform/jobs/resumable-job.js';
import type { RetentionRule } from '../rules/retention-rule.js';
import type { RetentionRun } from './retention-run.js';
import { RetentionRunStore } from './retention-run.store.js';

export const RUN_RETENTION = 'retention.run';

/** Where runs wait for their job, inside a unit of work. Those of an organization come one after the other. */
@Injectable()
export class RunQueue {
  constructor(
    private readonly runs: RetentionRunStore,
    private readonly jobs: Jobs,
  ) {}

  /** @returns undefined while another run of the rule is under way */
  async add(
    organizationId: string,
    rule: RetentionRule,
    requestedBy: string | undefined,
  ): Promise<RetentionRun | undefined> {
    const run = await this.runs.add(organizationId, uuidV7(), rule, requestedBy);
    if (!run) return undefined;
    await this.jobs.enqueue(
      RUN_RETENTION,
      { organizationId, runId: run.id },
      {
        jobKey: `${RUN_RETENTION} ${run.id}`,
        queue: `${RUN_RETENTION} ${organizationId}`,
        maxAttempts: QUEUE_ATTEMPTS,
      },
    );
    return run;
  }
}
