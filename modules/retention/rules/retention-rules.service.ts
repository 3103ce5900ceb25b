import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { Conflict, NotFound, RevisionConflict } from '../../../src/platform/errors.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import { Idempotency } from '../../../src/platform/graphql/idempotency/idempotency.js';
import { RetentionNights } from '../runs/retention-nights.js';
import type { RetentionRule, RuleSettings } from './retention-rule.js';
import { RetentionRuleStore } from './retention-rule.store.js';
import { checkRule } from './rule-checks.js';

/** Each rule that keeps is a condition of every query of a rule that deletes. */
const MOST_RULES = 50;

/** Rules of retention. Scope `admin` for everything. */
@Injectable()
export class RetentionRulesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly rules: RetentionRuleStore,
    private readonly nights: RetentionNights,
  ) {}

  find(principal: Principal, id: string): Promise<RetentionRule | undefined> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.rules.find(principal.organizationId, id));
  }

  /** The oldest first. */
  page(principal: Principal, request: PageRequest): Promise<Page<RetentionRule> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.rules.page(principal.organizationId, request));
  }

  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.rules.count(principal.organizationId));
  }

  /**
   * A rule that keeps holds from the moment of the answer; one that deletes waits for the night, or for a run.
   *
   * @returns Conflict when there are too many, or the idempotency key is another request's
   */
  async create(
    principal: Principal,
    settings: RuleSettings,
    idempotencyKey: string | null | undefined,
  ): Promise<RetentionRule | ValidationFailed | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    const failed = checkRule(settings);
    if (failed) return failed;
    return this.idempotency.run(principal, idempotencyKey, 'createRetentionRule', settings, async () => {
      await this.lock(organizationId);
      if ((await this.rules.count(organizationId)) >= MOST_RULES) {
        return new Conflict(`An organization has ${MOST_RULES} rules at most.`);
      }
      const rule = await this.rules.add(organizationId, uuidV7(), settings);
      await this.nights.expect(organizationId);
      return rule;
    });
  }

  /** Replaces the settings. A run of the rule that is under way ends. */
  async update(
    principal: Principal,
    { id, expectedRevision }: { id: string; expectedRevision: number },
    settings: RuleSettings,
  ): Promise<RetentionRule | NotFound | RevisionConflict | ValidationFailed> {
    requireScope(principal, 'admin');
    const failed = checkRule(settings);
    if (failed) return failed;
    return this.change(principal, id, expectedRevision, async () => {
      const rule = await this.rules.write(principal.organizationId, id, settings);
      await this.nights.expect(principal.organizationId);
      return rule;
    });
  }

  /** A run of the rule that is under way ends; what is written of its runs stays. */
  delete(
    principal: Principal,
    { id, expectedRevision }: { id: string; expectedRevision: number },
  ): Promise<{ deletedId: string } | NotFound | RevisionConflict> {
    requireScope(principal, 'admin');
    return this.change(principal, id, expectedRevision, async () => {
      await this.rules.delete(principal.organizationId, id);
      return { deletedId: id };
    });
  }

  private change<T>(
    { organizationId }: Principal,
    id: string,
    expectedRevision: number,
    work: () => Promise<T>,
  ): Promise<T | NotFound | RevisionConflict> {
    return this.unitOfWork.run<T | NotFound | RevisionConflict>(organizationId, async () => {
      await this.lock(organizationId);
      const rule = await this.rules.find(organizationId, id);
      if (!rule) return new NotFound('Retention rule', id, ['id']);
      return rule.revision === expectedRevision ? work() : new RevisionConflict(rule.revision);
    });
  }

  private async lock(organizationId: string): Promise<void> {
    await this.rules.lockYears();
    await this.rules.lock(organizationId);
  }
}
