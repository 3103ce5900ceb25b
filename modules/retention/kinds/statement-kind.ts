import { Injectable } from '@nestjs/common';
import { filterOf, StatementSelectionStore } from '../../insights/index.js';
import type { FilterOfStatements, StatementSelection } from '../../insights/index.js';
import { StatementHistory, StatementRemovals, StatementRemover, storedAt } from '../../lrs/index.js';
import type { RemovalHold } from '../../lrs/index.js';
import { cutoffOf } from '../rules/retention-rule.js';
import type { RuleSettings } from '../rules/retention-rule.js';
import type { Plan, Preview, Removal, RetentionKind } from './retention-kind.js';

/** Statements that are removed in one transaction. */
const AT_ONCE = 500;

/** Statements of a preview that are shown. */
const SHOWN = 20;

/**
 * The clock of a learner may be wrong, but nothing goes before it has been here for a day: until then it may be what
 * somebody is looking for.
 */
const LEAST_STAY_MS = 86_400_000;

/** Statements. They are found by their facts, voided ones too. */
@Injectable()
export class StatementKind implements RetentionKind {
  constructor(
    private readonly selections: StatementSelectionStore,
    private readonly removals: StatementRemovals,
    private readonly remover: StatementRemover,
    private readonly history: StatementHistory,
  ) {}

  catchUp(organizationId: string, patience?: number): Promise<void> {
    return this.removals.catchUp(organizationId, patience);
  }

  async preview(organizationId: string, plan: Plan): Promise<Preview> {
    const holds = plan.rule.action === 'DELETE' ? await this.removals.holds(organizationId) : [];
    const selection = selectionOf(plan, holds);
    const { first, last, ...summary } = await this.selections.summary(organizationId, selection);
    const positions = await this.selections.next(organizationId, selection, '0', SHOWN);
    const shown = await this.history.at(organizationId, positions);
    return {
      ...summary,
      oldest: timeOf(first),
      newest: timeOf(last),
      attachments: await this.selections.attachments(organizationId, selection),
      statementIds: shown.map(({ id }) => id),
      ...(await this.waits(organizationId, plan, holds, summary.count)),
    };
  }

  async count(organizationId: string, plan: Plan): Promise<number> {
    return this.selections.count(organizationId, selectionOf(plan, await this.removals.holds(organizationId)));
  }

  async waitsFor(organizationId: string, plan: Plan): Promise<readonly string[]> {
    const holds = await this.removals.holds(organizationId);
    const count = await this.selections.count(organizationId, selectionOf(plan, holds));
    return (await this.waits(organizationId, plan, holds, count)).waitsFor;
  }

  async removeSome(organizationId: string, plan: Plan, after = '0'): Promise<Removal> {
    const selection = selectionOf(plan, await this.removals.holds(organizationId));
    const positions = await this.selections.next(organizationId, selection, after, AT_ONCE);
    const removed = positions.length === 0 ? 0 : await this.remover.remove(organizationId, positions);
    return { removed, next: positions.length < AT_ONCE ? undefined : positions.at(-1) };
  }

  /** @param count without those that are needed */
  private async waits(
    organizationId: string,
    plan: Plan,
    holds: readonly RemovalHold[],
    count: number,
  ): Promise<Pick<Preview, 'waiting' | 'waitsFor'>> {
    const whole = await this.selections.count(organizationId, selectionOf(plan, []));
    const waitsFor: string[] = [];
    for (const hold of whole > count ? holds : []) {
      const without = await this.selections.count(organizationId, selectionOf(plan, [hold]));
      if (without < whole) waitsFor.push(hold.reason);
    }
    return { waiting: whole - count, waitsFor };
  }
}

function selectionOf({ rule, keeping, asOf }: Plan, holds: readonly RemovalHold[]): StatementSelection {
  const ends = holds.flatMap(({ after }) => (after === undefined ? [] : [BigInt(after)]));
  return {
    filter: rule.action === 'KEEP' ? keptBy(rule, asOf) : deletedBy(rule, asOf),
    except: keeping.map((other) => keptBy(other, asOf)),
    upTo: ends.length === 0 ? undefined : String(ends.reduce((one, other) => (one < other ? one : other))),
    without: holds.flatMap(({ positions = [] }) => positions),
  };
}

function deletedBy(rule: RuleSettings, asOf: Date): FilterOfStatements {
  const cutoff = cutoffOf(rule, asOf)!;
  if (rule.basis === 'STORED') return { ...named(rule), until: justBefore(cutoff) };
  const stayed = new Date(asOf.getTime() - LEAST_STAY_MS);
  return { ...named(rule), until: justBefore(stayed), timestamp: { to: cutoff } };
}

function keptBy(rule: RuleSettings, asOf: Date): FilterOfStatements {
  const cutoff = cutoffOf(rule, asOf);
  if (!cutoff) return named(rule);
  return rule.basis === 'STORED'
    ? { ...named(rule), since: justBefore(cutoff) }
    : { ...named(rule), timestamp: { from: cutoff } };
}

function named({ filter: { registered, ...filter } }: RuleSettings): FilterOfStatements {
  return { ...filterOf(filter as Parameters<typeof filterOf>[0]), registered };
}

/** `stored` has milliseconds; since is exclusive, until inclusive. */
const justBefore = (time: Date): Date => new Date(time.getTime() - 1);

const timeOf = (position: string | undefined): Date | undefined =>
  position === undefined ? undefined : new Date(storedAt(position));
