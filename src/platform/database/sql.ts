import { Injectable } from '@nestjs/common';
import type { EntityManager, QueryRunner } from 'typeorm';
import { currentTransaction } from './transaction.js';

/** What stores speak to the database with: always inside the transaction of the current unit of work. */
@Injectable()
export class Sql {
  /**
   * Runs one statement and returns its rows (those of RETURNING for INSERT, UPDATE and DELETE).
   *
   * @throws Error outside of a unit of work; QueryFailedError when PostgreSQL refuses.
   */
  async query<Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.runner.query(text, [...parameters], true);
    return result.records as Row[];
  }

  /** TypeORM's entity manager of the current transaction, for QueryBuilder and insert. */
  get manager(): EntityManager {
    return this.runner.manager;
  }

  private get runner(): QueryRunner {
    const transaction = currentTransaction();
    if (!transaction)
      throw new Error('SQL was used outside of a unit of work: wrap the use case in UnitOfWork.run or read.');
    return transaction.runner;
  }
}
