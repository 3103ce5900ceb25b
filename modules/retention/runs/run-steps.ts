import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { RetentionKinds } from '../kinds/retention-kinds.js';
import type { Plan } from '../kinds/retention-kind.js';
import { RetentionRuleStore } from '../rules/retention-rule.store.js';
import type { RuleSettings } from '../rules/retention-rule.js';
import type { RetentionRun } from './retention-run.js';
import { RetentionRunStore } from './retention-run.store.js';

const CHANGED = 'The rule was changed, disabled or deleted meanwhile.';

/** What a run does, in transactions of its own. */
@Injectable()
export class RunSteps {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly kinds: RetentionKinds,
    private readonly rules: RetentionRuleStore,
    private readonly runs: RetentionRunStore,
  ) {}

  /** Undefined when it has ended. */
  begin(organizationId: string, id: string): Promise<RetentionRun | undefined> {
    return this.unitOfWork.run(organizationId, () => this.runs.begin(organizationId, id));
  }

  /** Finds out how many there are. */
  async prepare(organizationId: string, { id, rule, createdAt }: RetentionRun): Promise<void> {
    const kind = this.kinds.of(rule.kind);
    await kind.catchUp(organizationId);
    await this.unitOfWork.run(organizationId, async () => {
      const plan = await this.planOf(organizationId, rule, createdAt);
      await this.runs.expect(organizationId, id, await kind.count(organizationId, plan));
    });
  }

  /**
   * Deletes the next batch, and writes down that it is done: both, or neither. A run ends when it has come to the end, or its
   * rule is not what it was.
   *
   * @returns whether there is more to do
   */
  next(organizationId: string, id: string): Promise<boolean> {
    return this.unitOfWork.run(organizationId, async () => {
      await this.rules.lock(organizationId);
      const run = await this.runs.lock(organizationId, id);
      if (!run) return false;
      const rule = await this.rules.find(organizationId, run.ruleId);
      if (!rule?.enabled || rule.revision !== run.ruleRevision) {
        await this.runs.end(organizationId, id, 'CANCELLED', { error: CHANGED });
        return false;
      }
      const kind = this.kinds.of(run.rule.kind);
      const plan = await this.planOf(organizationId, run.rule, run.createdAt);
      const removal = await kind.removeSome(organizationId, plan, run.cursor);
      await this.runs.advance(organizationId, id, removal);
      if (removal.next !== undefined) return true;
      const waitsFor = await kind.waitsFor(organizationId, plan);
      await this.runs.end(organizationId, id, 'DONE', { waitsFor });
      return false;
    });
  }

  async fail(organizationId: string, id: string, error: string): Promise<void> {
    await this.unitOfWork.run(organizationId, () => this.runs.end(organizationId, id, 'FAILED', { error }));
  }

  /** An attempt was cut off. */
  pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.unitOfWork.run(organizationId, () => this.runs.pause(organizationId, id, error));
  }

  /** With the rules that keep as they are now: a new one holds at once. */
  private async planOf(organizationId: string, rule: RuleSettings, asOf: Date): Promise<Plan> {
    const enabled = await this.rules.enabled(organizationId, rule.kind);
    return { rule, keeping: enabled.filter(({ action }) => action === 'KEEP'), asOf };
  }
}
