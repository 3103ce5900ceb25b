import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { RetentionRuleStore } from '../rules/retention-rule.store.js';
import { isAboutAll } from '../rules/retention-rule.js';
import { RetentionRunStore } from '../runs/retention-run.store.js';
import type { Dropped } from '../runs/retention-run.store.js';

/** Tells in the history of organizations what went with whole years. */
@Injectable()
export class YearRuns {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RetentionRuleStore,
    private readonly runs: RetentionRunStore,
  ) {}

  /** Of the run that drops: written before it happens, so that a crash does not leave it untold. */
  plan(organizationId: string, runId: string, dropped: Dropped): Promise<void> {
    return this.unitOfWork.run(organizationId, () => this.runs.setDropped(organizationId, runId, dropped));
  }

  /** Of another organization, whose years went by its own rule at the same moment. */
  tell(organizationId: string, dropped: Dropped): Promise<void> {
    return this.unitOfWork.run(organizationId, async () => {
      const rules = await this.rules.enabled(organizationId, 'STATEMENTS');
      const rule = rules.find((one) => one.action === 'DELETE' && one.basis === 'STORED' && isAboutAll(one));
      if (!rule) return;
      await this.runs.addDone(organizationId, uuidV7(), rule, dropped);
    });
  }
}
