import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { NotFound, UserError } from '../../src/platform/errors.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import { FactsReader } from '../insights/index.js';
import type { TooCostly } from '../insights/index.js';
import { RetentionKinds } from './kinds/retention-kinds.js';
import type { Preview } from './kinds/retention-kind.js';
import type { RuleSettings } from './rules/retention-rule.js';
import { RetentionRuleStore } from './rules/retention-rule.store.js';
import { checkRule } from './rules/rule-checks.js';
import { YearCoverage } from './years/year-coverage.js';

/** How long a preview helps to bring up to date what it goes by, in milliseconds. */
const PATIENCE = 2_000;

export interface WholePreview extends Preview {
  /** Years that would go whole. */
  readonly droppedYears: readonly number[];
}

/** Dry runs: what a rule would do, told by what does it. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: FactsReader,
    private readonly kinds: RetentionKinds,
    private readonly rules: RetentionRuleStore,
    private readonly coverage: YearCoverage,
  ) {}

  /**
   * Scope `admin`.
   *
   * @param wanted the id of a rule, or one that is not saved
   * @returns TooCostly when it takes longer than a question may take
   */
  async preview(
    principal: Principal,
    wanted: string | RuleSettings,
  ): Promise<WholePreview | NotFound | ValidationFailed | TooCostly> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    const rule = await this.ruleOf(organizationId, wanted);
    if (rule instanceof UserError) return rule;
    const asOf = new Date();
    const kind = this.kinds.of(rule.kind);
    await kind.catchUp(organizationId, PATIENCE);
    const preview = await this.reader.read(principal, async () => {
      const enabled = await this.rules.enabled(organizationId, rule.kind);
      const keeping = rule.action === 'KEEP' ? [] : enabled.filter(({ action }) => action === 'KEEP');
      return kind.preview(organizationId, { rule, keeping, asOf });
    });
    if (preview instanceof UserError) return preview;
    return { ...preview, droppedYears: await this.coverage.droppable(organizationId, rule, asOf) };
  }

  private async ruleOf(
    organizationId: string,
    wanted: string | RuleSettings,
  ): Promise<RuleSettings | NotFound | ValidationFailed> {
    if (typeof wanted !== 'string') return checkRule(wanted, ['rule']) ?? wanted;
    const found = await this.unitOfWork.read(organizationId, () => this.rules.find(organizationId, wanted));
    return found ?? new NotFound('Retention rule', wanted, ['ruleId']);
  }
}
