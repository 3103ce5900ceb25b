import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import type { Statement } from '../xapi/statement.js';
import type { SentStatement } from './statement-intake.js';

/** What is asked of valid statements beyond xAPI. */
export interface StatementPolicy {
  /**
   * Judges statements that are about to be stored.
   *
   * @returns undefined, best at once, when there is nothing to ask of what the caller sends. Otherwise the problems of each
   *   statement, in their order, with paths from the statement: one with any of them is refused.
   */
  check(
    principal: Principal,
    statements: readonly Statement[],
  ): undefined | Promise<readonly (readonly Problem[])[] | undefined>;
}

/** Everybody who has something to ask of statements. Where nobody has, storing them costs nothing more. */
@Injectable()
export class StatementPolicies {
  private readonly policies: StatementPolicy[] = [];

  /** To be called in onModuleInit. */
  add(policy: StatementPolicy): void {
    this.policies.push(policy);
  }

  /** Why the whole of what was sent is refused, with paths from its root; undefined when it is not. */
  async refusalOf(
    principal: Principal,
    { inList, statements }: { readonly inList: boolean; readonly statements: readonly SentStatement[] },
  ): Promise<ValidationFailed | undefined> {
    const checking = this.check(
      principal,
      statements.map(({ statement }) => statement),
    );
    const found = checking === undefined ? undefined : await checking;
    const problems = (found ?? []).flatMap((ofOne, index) =>
      ofOne.map((problem) => ({ ...problem, path: inList ? [String(index), ...problem.path] : problem.path })),
    );
    return problems.length > 0 ? new ValidationFailed(problems) : undefined;
  }

  /** All problems of each statement, in their order; undefined when nobody has asked anything. */
  check(
    principal: Principal,
    statements: readonly Statement[],
  ): undefined | Promise<readonly (readonly Problem[])[] | undefined> {
    const checks = this.policies.flatMap((policy) => policy.check(principal, statements) ?? []);
    return checks.length === 0 ? undefined : merged(checks, statements);
  }
}

async function merged(
  checks: readonly Promise<readonly (readonly Problem[])[] | undefined>[],
  statements: readonly Statement[],
): Promise<readonly (readonly Problem[])[] | undefined> {
  const found = (await Promise.all(checks)).filter((problems) => problems !== undefined);
  if (found.length === 0) return undefined;
  return statements.map((_, index) => found.flatMap((problems) => problems[index] ?? []));
}
