import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound } from '../../../src/platform/errors.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import { RetentionRuleStore } from '../rules/retention-rule.store.js';
import type { RetentionRun } from './retention-run.js';
import { RetentionRunStore } from './retention-run.store.js';
import { RunQueue } from './run-queue.js';

/** Runs of rules: the history, and those that somebody asks for. Scope `admin` for everything. */
@Injectable()
export class RetentionRunsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RetentionRuleStore,
    private readonly runs: RetentionRunStore,
    private readonly queue: RunQueue,
  ) {}

  find(principal: Principal, id: string): Promise<RetentionRun | undefined> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.runs.find(principal.organizationId, id));
  }

  /** The newest first. */
  page(
    principal: Principal,
    ruleId: string | undefined,
    request: PageRequest,
  ): Promise<Page<RetentionRun> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () =>
      this.runs.page(principal.organizationId, ruleId, request),
    );
  }

  count(principal: Principal, ruleId: string | undefined): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.runs.count(principal.organizationId, ruleId));
  }

  /** Has a rule applied now. @returns Conflict for a rule that deletes nothing, and while a run of it is under way */
  start(principal: Principal, ruleId: string): Promise<RetentionRun | NotFound | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId, keyId } = principal;
    return this.unitOfWork.run<RetentionRun | NotFound | Conflict>(organizationId, async () => {
      const rule = await this.rules.find(organizationId, ruleId);
      if (!rule) return new NotFound('Retention rule', ruleId, ['ruleId']);
      if (rule.action === 'KEEP') return new Conflict('A rule that keeps deletes nothing.', ['ruleId']);
      if (!rule.enabled) return new Conflict('The rule is not enabled.', ['ruleId']);
      const run = await this.queue.add(organizationId, rule, keyId);
      return run ?? new Conflict('A run of the rule is under way.', ['ruleId']);
    });
  }

  /** What is deleted stays deleted. Cancelling twice changes nothing. */
  cancel(principal: Principal, id: string): Promise<RetentionRun | NotFound | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.run<RetentionRun | NotFound | Conflict>(organizationId, async () => {
      const found =
        (await this.runs.end(organizationId, id, 'CANCELLED')) ?? (await this.runs.find(organizationId, id));
      if (!found) return new NotFound('Retention run', id, ['id']);
      return found.status === 'CANCELLED' ? found : new Conflict(`The run has ended: it is ${found.status}.`, ['id']);
    });
  }
}
