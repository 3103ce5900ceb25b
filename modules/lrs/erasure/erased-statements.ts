import { Injectable } from '@nestjs/common';
import { keysOf } from './person-to-erase.js';
import type { PersonToErase } from './person-to-erase.js';
import { StatementErasureStore } from './statement-erasure.store.js';
import type { ErasedStatement } from './statement-erasure.store.js';

/** Statements that an erasure has touched: those that name a pseudonym of it. */
@Injectable()
export class ErasedStatements {
  constructor(private readonly store: StatementErasureStore) {}

  /** The next ones after a position, in the order of storage; voided ones, too. Inside a unit of work. */
  page(person: PersonToErase, after: string | undefined, limit: number): Promise<ErasedStatement[]> {
    const keys = keysOf(person).map(({ replacementAgent }) => replacementAgent);
    return this.store.naming(person.organizationId, keys, { after: after ?? '0', before: person.before }, limit);
  }
}
