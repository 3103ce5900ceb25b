import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementSelectionStore } from '../../insights/index.js';
import { positionAt, StatementHistory, StatementRemovals } from '../../lrs/index.js';

/** Statements that are read in one transaction, and facts that are removed in one. */
const AT_ONCE = 500;

/** What goes before and after the statements of whole years, of one organization at a time. */
@Injectable()
export class YearStatements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: StatementHistory,
    private readonly removals: StatementRemovals,
    private readonly selections: StatementSelectionStore,
  ) {}

  /** Writes down what is to outlive them. @returns how many there are */
  async keepBefore(organizationId: string, year: number): Promise<number> {
    await this.removals.catchUp(organizationId);
    const before = startOf(year);
    let count = 0;
    for (let after: string | undefined = '0'; after !== undefined;) {
      const from: string = after;
      const some = await this.unitOfWork.run(organizationId, async () => {
        const page = await this.history.page(organizationId, from, before, AT_ONCE);
        await this.removals.keep(organizationId, page);
        return page;
      });
      count += some.length;
      after = some.length < AT_ONCE ? undefined : some.at(-1)!.position;
    }
    return count;
  }

  /** Removes what has been made of those that are gone; it is found by its facts. */
  async forgetBefore(organizationId: string, year: number): Promise<void> {
    const gone = { filter: { until: new Date(Date.UTC(year, 0, 1) - 1) }, except: [], without: [] };
    for (let more = true; more;) {
      more = await this.unitOfWork.run(organizationId, async () => {
        const positions = await this.selections.next(organizationId, gone, '0', AT_ONCE);
        if (positions.length > 0) await this.removals.forget(organizationId, positions);
        return positions.length === AT_ONCE;
      });
    }
  }
}

const startOf = (year: number): string => positionAt(Date.UTC(year, 0, 1));
