import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { sqlState } from '../../../src/platform/database/sql-state.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, storedAt } from '../../lrs/index.js';
import { TooCostly } from '../insights.errors.js';
import { FactsProjector } from '../projection/facts-projector.js';
import { FactsStore } from '../projection/facts.store.js';
import { StatementTimeoutStore } from './statement-timeout.store.js';

/** How long a reader helps to bring facts up to date, in milliseconds. A backlog of millions is left to the job. */
const PATIENCE = 2_000;

/** PostgreSQL's query_canceled. */
const CANCELED = '57014';

/** Runs questions about facts, which it brings up to date first. */
@Injectable()
export class FactsReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly projector: FactsProjector,
    private readonly facts: FactsStore,
    private readonly history: StatementHistory,
    private readonly timeout: StatementTimeoutStore,
  ) {}

  /**
   * @param work gets the time up to which facts are complete
   * @throws AccessDenied without the scope `records:read`
   */
  async read<T>(principal: Principal, work: (consistentThrough: Date) => Promise<T>): Promise<T | TooCostly> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    await this.projector.catchUp(organizationId, PATIENCE);
    try {
      return await this.unitOfWork.read(organizationId, async () => {
        await this.timeout.set();
        return work(await this.consistentThrough(organizationId));
      });
    } catch (error) {
      if (sqlState(error) === CANCELED) return new TooCostly(this.timeout.seconds);
      throw error;
    }
  }

  /** The end of the list is asked for first: what is found later may go beyond it, never fall short of it. */
  private async consistentThrough(organizationId: string): Promise<Date> {
    const before = await this.history.completeBefore(organizationId);
    const after = await this.facts.cursor(organizationId);
    const missing = await this.history.hasAny(organizationId, after);
    const [next] = missing ? await this.history.page(organizationId, after, before, 1) : [];
    return new Date(storedAt(next?.position ?? before));
  }
}
