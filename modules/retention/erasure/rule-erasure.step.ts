import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import { withPseudonyms } from '../../persons/index.js';
import { RuleErasureStore } from './rule-erasure.store.js';

const AT_ONCE = 500;

/** Rules that are about statements of the person are about those of the pseudonym from then on, also in their history. */
@Injectable()
export class RuleErasure implements ErasureStep, OnModuleInit {
  readonly name = 'retention rules';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: RuleErasureStore,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const rules = await this.store.rules(person.organizationId);
    return { retentionRules: rules.filter((rule) => withPseudonyms(rule, person) !== rule).length };
  }

  /** First the rules, then what runs remember of theirs. */
  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId } = person;
    const counts = after === undefined ? { retentionRules: await this.eraseRules(person) } : {};
    const page = await this.store.runs(organizationId, after, AT_ONCE);
    for (const run of page) {
      const changed = withPseudonyms(run, person);
      if (changed !== run) await this.store.rewriteRun(organizationId, changed);
    }
    return { counts, next: page.at(-1)?.id };
  }

  private async eraseRules(person: PersonToErase): Promise<number> {
    const rules = await this.store.rules(person.organizationId);
    const changed = rules.map((rule) => withPseudonyms(rule, person)).filter((rule) => !rules.includes(rule));
    for (const rule of changed) await this.store.rewriteRule(person.organizationId, rule);
    return changed.length;
  }
}
