import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { StatementHistory } from '../../lrs/index.js';
import type { RecordedStatement } from '../../lrs/index.js';
import type { TooCostly } from '../insights.errors.js';
import { FactsReader } from './facts-reader.js';
import { StatementConditionsStore } from './statement-conditions.store.js';
import type { StatementFilter } from './statement-filter.js';
import { StatementListStore } from './statement-list.store.js';

/** Counting a list stops here. */
export const MOST_COUNTED = 100_000;

const STATEMENTS_AT_ONCE = 100;

export interface StatementPage extends Page<RecordedStatement> {
  readonly consistentThrough: Date;
}

/** Statements by what they say. They are found by their facts; their texts come from the learning record store. */
@Injectable()
export class RecordedStatementsService {
  constructor(
    private readonly reader: FactsReader,
    private readonly conditions: StatementConditionsStore,
    private readonly lists: StatementListStore,
    private readonly history: StatementHistory,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** One page, the latest first unless it is ascending. Voided statements are left out. */
  list(
    principal: Principal,
    filter: StatementFilter,
    ascending: boolean,
    request: PageRequest,
  ): Promise<StatementPage | ValidationFailed | TooCostly> {
    const { organizationId } = principal;
    return this.reader.read(principal, async (consistentThrough) => {
      const conditions = await this.conditions.of(organizationId, filter);
      if (conditions instanceof ValidationFailed) return conditions;
      const page = await this.lists.page(conditions, ascending, request);
      if (page instanceof ValidationFailed) return page;
      return { ...(await this.withTexts(organizationId, page)), consistentThrough };
    });
  }

  /** How many there are on all pages: one more than MOST_COUNTED when there are more than that. */
  count(principal: Principal, filter: StatementFilter): Promise<number | ValidationFailed | TooCostly> {
    return this.reader.read(principal, async () => {
      const conditions = await this.conditions.of(principal.organizationId, filter);
      return conditions instanceof ValidationFailed ? conditions : this.lists.count(conditions, MOST_COUNTED + 1);
    });
  }

  /** The next statements after a position, in the order of storage. Nothing is brought up to date. */
  async after(
    { organizationId }: Principal,
    filter: StatementFilter,
    position: string,
  ): Promise<RecordedStatement[] | ValidationFailed> {
    return this.unitOfWork.read(organizationId, async () => {
      const conditions = await this.conditions.of(organizationId, filter);
      if (conditions instanceof ValidationFailed) return conditions;
      const positions = await this.lists.after(conditions, position, STATEMENTS_AT_ONCE);
      return positions.length === 0 ? [] : this.history.at(organizationId, positions);
    });
  }

  /** Voided or not. @throws AccessDenied without the scope `records:read` */
  async find(principal: Principal, id: string): Promise<RecordedStatement | undefined> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    const [statement] = await this.unitOfWork.read(organizationId, () => this.history.withIds(organizationId, [id]));
    return statement;
  }

  /** What was dropped from the store since its facts were made is left out. */
  private async withTexts(organizationId: string, page: Page<{ position: string }>): Promise<Page<RecordedStatement>> {
    const positions = page.items.map(({ position }) => position);
    const statements = positions.length === 0 ? [] : await this.history.at(organizationId, positions);
    const byPosition = new Map(statements.map((statement) => [statement.position, statement]));
    const kept = page.items.flatMap(({ position }, index) => {
      const item = byPosition.get(position);
      return item ? [{ item, cursor: page.cursors[index]! }] : [];
    });
    return { ...page, items: kept.map(({ item }) => item), cursors: kept.map(({ cursor }) => cursor) };
  }
}
