import { Injectable } from '@nestjs/common';
import { StatementPartitions } from '../../lrs/index.js';
import type { RetentionRun } from '../runs/retention-run.js';
import { YearCoverage } from './year-coverage.js';
import { YearRuns } from './year-runs.js';
import { YearStatements } from './year-statements.js';

/**
 * Drops whole years where the rules of all organizations let go of them: partitions, not rows. What statements add to learner
 * records is written down before; what is made of statements is removed after. Cut off in between, the next run goes on:
 * writing down again changes nothing, and what is left behind is found by its age.
 */
@Injectable()
export class YearDrops {
  constructor(
    private readonly coverage: YearCoverage,
    private readonly statements: YearStatements,
    private readonly partitions: StatementPartitions,
    private readonly runs: YearRuns,
  ) {}

  async dropFor(organizationId: string, run: RetentionRun): Promise<void> {
    await this.statements.forgetBefore(organizationId, Math.min(...(await this.partitions.years())));
    const years = await this.coverage.droppable(organizationId, run.rule, run.createdAt);
    if (years.length === 0) return;
    const firstKept = Math.max(...years) + 1;
    const counts = new Map<string, number>();
    for (const other of await this.partitions.organizations()) {
      const count = await this.statements.keepBefore(other, firstKept);
      if (count > 0) counts.set(other, count);
    }
    await this.runs.plan(organizationId, run.id, { count: counts.get(organizationId) ?? 0, years });
    const dropped = await this.partitions.dropBefore(firstKept, () => this.isStillRight(organizationId, run, years));
    if (dropped.length === 0) return this.runs.plan(organizationId, run.id, { count: 0, years: [] });
    for (const [other, count] of counts) {
      if (other !== organizationId) await this.runs.tell(other, { count, years });
      await this.statements.forgetBefore(other, firstKept);
    }
    await this.partitions.forgetDroppedIds();
  }

  private async isStillRight(organizationId: string, run: RetentionRun, years: readonly number[]): Promise<boolean> {
    const now = await this.coverage.droppable(organizationId, run.rule, run.createdAt);
    return years.every((year) => now.includes(year));
  }
}
