import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { positionAt, StatementHistory } from '../../lrs/index.js';
import type { RecordedStatement } from '../../lrs/index.js';
import { FactsProjector } from '../projection/facts-projector.js';
import { StatementConditionsStore } from './statement-conditions.store.js';
import type { StatementConditions } from './statement-conditions.store.js';
import type { FilteredRange, StatementFilter } from './statement-filter.js';
import { StatementListStore } from './statement-list.store.js';

/** Positions that are looked up at once. */
const POSITIONS = 1_000;

/** Counting everything takes seconds from some millions on; more exactly nobody has to know how far a scan is. */
const MOST_COUNTED = 10_000_000;

/**
 * Reads through all statements of a filter in the order of storage, a piece at a time, each in a short transaction of its own.
 * For the service's own work: it knows no principal and no time limit.
 */
@Injectable()
export class StatementScan {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly projector: FactsProjector,
    private readonly conditions: StatementConditionsStore,
    private readonly lists: StatementListStore,
    private readonly history: StatementHistory,
  ) {}

  /** What is wrong with the filter. */
  async refusal(organizationId: string, filter: StatementFilter): Promise<ValidationFailed | undefined> {
    const conditions = await this.unitOfWork.read(organizationId, () => this.conditions.of(organizationId, filter));
    return conditions instanceof ValidationFailed ? conditions : undefined;
  }

  /** The position before which everything is there: what is stored from now on lies behind it. */
  end(organizationId: string): Promise<string> {
    return this.unitOfWork.read(organizationId, () => this.history.completeBefore(organizationId));
  }

  /** Makes ready to read up to an {@link end}: facts must go so far, where the filter asks them. */
  async prepare(organizationId: string, filter: StatementFilter): Promise<void> {
    if (asksFacts(filter)) await this.projector.catchUp(organizationId);
  }

  /** How many statements there are, voided ones, too; of a very long list not more than it can count quickly. */
  count(organizationId: string, range: FilteredRange): Promise<number> {
    const { after, before } = bounded(range);
    return this.unitOfWork.read(organizationId, async () =>
      asksFacts(range.filter)
        ? this.lists.countBetween(await this.conditionsOf(organizationId, range.filter), after, before)
        : this.history.count(organizationId, after, before, MOST_COUNTED),
    );
  }

  /**
   * The next statements of the range: as many as have so many bytes of text together, and at least one while there are any.
   * `voidedAt` is as it was at the range's end.
   *
   * @throws Error when the filter is one that {@link refusal} refuses
   */
  next(organizationId: string, range: FilteredRange, bytes: number): Promise<RecordedStatement[]> {
    const { after, before } = bounded(range);
    return this.unitOfWork.read(organizationId, async () => {
      const find = await this.finder(organizationId, range.filter);
      for (let positions = await find(after, before); ; positions = await find(positions.at(-1)!, before)) {
        if (positions.length === 0) return [];
        const found = await this.history.first(organizationId, positions, range.before, bytes);
        // None of them: they were dropped from the store since their facts were made.
        if (found.length > 0) return found;
      }
    });
  }

  private async finder(
    organizationId: string,
    filter: StatementFilter,
  ): Promise<(after: string, before: string) => Promise<string[]>> {
    if (!asksFacts(filter)) {
      return (after, before) => this.history.positions(organizationId, after, before, POSITIONS);
    }
    const conditions = await this.conditionsOf(organizationId, filter);
    return (after, before) => this.lists.between(conditions, after, before, POSITIONS);
  }

  private async conditionsOf(organizationId: string, filter: StatementFilter): Promise<StatementConditions> {
    const conditions = await this.conditions.of(organizationId, filter, { withVoided: true });
    if (conditions instanceof ValidationFailed) throw new Error(conditions.message);
    return conditions;
  }
}

/** Whether it says more than since and until, which positions answer. */
const asksFacts = ({ since: _, until: __, ...rest }: StatementFilter): boolean =>
  Object.values(rest).some((value) => value !== undefined);

/** The same range, within the filter's since and until. */
function bounded({ filter: { since, until }, after, before }: FilteredRange): { after: string; before: string } {
  const positions = (one: string, ...others: string[]) => [one, ...others].map(BigInt);
  const first = since ? [BigInt(positionAt(since.getTime() + 1)) - 1n] : [];
  const end = until ? [positionAt(until.getTime() + 1)] : [];
  return {
    after: String([...positions(after), ...first].reduce((one, other) => (one > other ? one : other))),
    before: String(positions(before, ...end).reduce((one, other) => (one < other ? one : other))),
  };
}
