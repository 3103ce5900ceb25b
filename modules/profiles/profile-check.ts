import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Problem } from '../../src/platform/errors.js';
import { StatementCompanions, StatementPolicies } from '../lrs/index.js';
import type { AddedStatement, CompanionWork, PreparedStatement, Statement } from '../lrs/index.js';
import type { ActivePolicy } from './policies/key-policy.js';
import { PolicyCache } from './policies/policy-cache.js';
import type { ProfileProblem } from './profile/profile-problem.js';
import { validate } from './profile/validate.js';
import { ProfileReportStore } from './reports/profile-report.store.js';
import { MAXIMUM_ROWS, reportsOf } from './reports/report-rows.js';

/** How long statements are checked in one go, in milliseconds: other requests wait for it. */
const SLICE = 10;
/** Reports that are written before the oldest are removed. */
const REPORTS_UNTIL_TRIM = 1_000;

const NONE: readonly ProfileProblem[] = [];

/**
 * Checks the statements of keys that have a policy, before they are stored, and keeps the problems of those that are stored
 * nevertheless, in the same transaction.
 */
@Injectable()
export class ProfileCheck implements OnModuleInit {
  /** Between the check and the storage of a statement. */
  private readonly found = new WeakMap<Statement, readonly ProfileProblem[]>();
  private readonly untrimmed = new Map<string, number>();

  constructor(
    private readonly policies: StatementPolicies,
    private readonly companions: StatementCompanions,
    private readonly cache: PolicyCache,
    private readonly reports: ProfileReportStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.policies.add({ check: (principal, statements) => this.check(principal, statements) });
    this.companions.add({ prepare: (organizationId, statements) => this.prepare(organizationId, statements) });
  }

  /** Undefined, at once, for keys without a policy. */
  private check(
    { organizationId, keyId }: Principal,
    statements: readonly Statement[],
  ): undefined | Promise<readonly (readonly Problem[])[] | undefined> {
    const policy = this.cache.of(organizationId, keyId);
    if (policy === undefined) return undefined;
    return Promise.resolve(policy).then((active) => active && this.checkAll(active, statements));
  }

  private async checkAll(policy: ActivePolicy, statements: readonly Statement[]): Promise<(readonly Problem[])[]> {
    const byId = new Map(statements.map((statement) => [statement.id?.toLowerCase(), statement]));
    const options = { claim: policy.claim, referred: (id: string) => byId.get(id.toLowerCase()) };
    const refusals: (readonly Problem[])[] = [];
    let pause = performance.now() + SLICE;
    for (const statement of statements) {
      const problems = validate(statement, policy.resolved, options).flatMap((verdict) => verdict.problems);
      if (problems.length > 0) this.found.set(statement, problems);
      const refuses = policy.mode === 'REFUSE' && problems.some(({ severity }) => severity === 'ERROR');
      refusals.push(refuses ? problems.filter(({ severity }) => severity === 'ERROR') : NONE);
      if (performance.now() < pause) continue;
      await new Promise((resolve) => setImmediate(resolve));
      pause = performance.now() + SLICE;
    }
    return refusals;
  }

  private prepare(organizationId: string, statements: readonly PreparedStatement[]): CompanionWork | undefined {
    if (!statements.some(({ statement }) => this.found.has(statement))) return undefined;
    return (added) => this.keep(organizationId, added);
  }

  private async keep(organizationId: string, added: readonly AddedStatement[]): Promise<void> {
    const rows = added.flatMap(({ statement, sender, row }) =>
      reportsOf(sender.principal.keyId, row.id, this.found.get(statement) ?? NONE),
    );
    if (rows.length === 0) return;
    const kept = rows.slice(0, MAXIMUM_ROWS);
    await this.reports.add(organizationId, kept);
    this.unitOfWork.afterCommit(() => this.trim(organizationId, kept.length));
  }

  private async trim(organizationId: string, added: number): Promise<void> {
    const untrimmed = (this.untrimmed.get(organizationId) ?? 0) + added;
    this.untrimmed.set(organizationId, untrimmed % REPORTS_UNTIL_TRIM);
    if (untrimmed < REPORTS_UNTIL_TRIM) return;
    await this.unitOfWork.run(organizationId, () => this.reports.trim(organizationId));
  }
}
