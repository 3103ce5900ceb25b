import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, StatementPartitions, StatementRemovals, storedAt } from '../../lrs/index.js';
import { cutoffOf, isAboutAll } from '../rules/retention-rule.js';
import type { RuleSettings } from '../rules/retention-rule.js';
import { RetentionRuleStore } from '../rules/retention-rule.store.js';

/** How long what an organization has made of its statements is brought up to date, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Which years go whole. Statements of all organizations lie in one partition a year, so it may be dropped when the rules of
 * each organization that has statements in it let go of all of them, and none keeps any.
 */
@Injectable()
export class YearCoverage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: RetentionRuleStore,
    private readonly history: StatementHistory,
    private readonly removals: StatementRemovals,
    private readonly partitions: StatementPartitions,
  ) {}

  /**
   * The years that may be dropped on behalf of an organization: those in which it has statements, and all before. None when
   * the rule is not about all statements.
   *
   * @param rule that is being applied, whether it is saved or not
   */
  async droppable(organizationId: string, rule: RuleSettings, asOf: Date): Promise<readonly number[]> {
    if (!letsGoOfYears(rule)) return [];
    const own = await this.span(organizationId, asOf, rule);
    const past = (await this.partitions.years()).filter((year) => year < asOf.getUTCFullYear());
    let years = past.filter((year) => year < own.firstKept);
    if (!reaches(years, own.earliest)) return [];
    for (const other of await this.partitions.organizations()) {
      if (other === organizationId) continue;
      await this.removals.catchUp(other, PATIENCE);
      const { firstKept } = await this.span(other, asOf);
      years = years.filter((year) => year < firstKept);
      if (!reaches(years, own.earliest)) return [];
    }
    return years;
  }

  /** @param rule in the place of all rules of the organization that delete */
  private span(organizationId: string, asOf: Date, rule?: RuleSettings): Promise<Span> {
    return this.unitOfWork.read(organizationId, async () => {
      const [backlog] = await this.history.backlogs(organizationId, ['0'], 1);
      if (backlog?.first === undefined) return { earliest: Infinity, firstKept: Infinity };
      const earliest = yearAt(backlog.first);
      const enabled = await this.rules.enabled(organizationId, 'STATEMENTS');
      const rules = rule ? [...enabled.filter(({ action }) => action === 'KEEP'), rule] : enabled;
      const covered = coveredBy(rules, asOf);
      if (covered === undefined) return { earliest, firstKept: earliest };
      return { earliest, firstKept: Math.max(earliest, await this.limited(organizationId, covered)) };
    });
  }

  /** What somebody still needs stays, with its whole year. */
  private async limited(organizationId: string, year: number): Promise<number> {
    const holds = await this.removals.holds(organizationId);
    const ends = holds.flatMap(({ after }) => after ?? []);
    const behind = await this.history.backlogs(organizationId, ends, 1);
    const needed = [...behind.flatMap(({ first }) => first ?? []), ...holds.flatMap(({ positions = [] }) => positions)];
    return Math.min(year, ...needed.map(yearAt));
  }
}

/** Years of an organization. */
interface Span {
  /** In which it has its first statement. */
  readonly earliest: number;
  /** Before it nothing is left or needed. */
  readonly firstKept: number;
}

const reaches = (years: readonly number[], earliest: number): boolean => years.some((year) => year >= earliest);

const letsGoOfYears = (rule: RuleSettings): boolean =>
  rule.action === 'DELETE' && rule.kind === 'STATEMENTS' && rule.basis === 'STORED' && isAboutAll(rule);

/** The first year of which something is not old enough; undefined when rules are not about all statements. */
function coveredBy(rules: readonly RuleSettings[], asOf: Date): number | undefined {
  if (rules.some(({ action }) => action === 'KEEP')) return undefined;
  const years = rules.filter(letsGoOfYears).map((rule) => cutoffOf(rule, asOf)!.getUTCFullYear());
  return years.length === 0 ? undefined : Math.max(...years);
}

const yearAt = (position: string): number => new Date(storedAt(position)).getUTCFullYear();
