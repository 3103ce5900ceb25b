import { Injectable } from '@nestjs/common';
import { requireScope } from '../../../src/platform/access/principal.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { RecordedStatement } from '../../lrs/index.js';
import { FactsProjector } from '../projection/facts-projector.js';
import { factsTopic } from '../projection/facts-topic.js';
import { FactsStore } from '../projection/facts.store.js';
import { RecordedStatementsService } from './recorded-statements.service.js';
import type { StatementFilter } from './statement-filter.js';

/** Statements as they are stored, to those who wait for them. */
@Injectable()
export class StatementStream {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly notifications: Notifications,
    private readonly projector: FactsProjector,
    private readonly facts: FactsStore,
    private readonly statements: RecordedStatementsService,
  ) {}

  /**
   * What is stored from now on.
   *
   * @throws AccessDenied without the scope `records:read`
   */
  async follow(principal: Principal, filter: StatementFilter): Promise<AsyncIterableIterator<RecordedStatement>> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    const messages = await this.notifications.subscribe(factsTopic(organizationId));
    await this.projector.catchUp(organizationId);
    const position = await this.unitOfWork.read(organizationId, () => this.facts.cursor(organizationId));
    return statementsAfter(position, messages, async (after) => {
      const found = await this.statements.after(principal, filter, after);
      if (found instanceof ValidationFailed) throw new Error(found.message);
      return found;
    });
  }
}

/** Reads on after each message until nothing is left. Not an async generator: see follow.ts of the platform. */
function statementsAfter(
  position: string,
  messages: AsyncIterableIterator<unknown>,
  read: (after: string) => Promise<readonly RecordedStatement[]>,
): AsyncIterableIterator<RecordedStatement> {
  const waiting: RecordedStatement[] = [];
  let last = position;
  const fill = async () => {
    waiting.push(...(await read(last)));
    last = waiting.at(-1)?.position ?? last;
  };
  const iteration: AsyncIterableIterator<RecordedStatement> = {
    next: async () => {
      if (waiting.length === 0) await fill();
      while (waiting.length === 0) {
        if ((await messages.next()).done) return { done: true, value: undefined };
        await fill();
      }
      return { done: false, value: waiting.shift()! };
    },
    return: async () => {
      await messages.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iteration,
  };
  return iteration;
}
