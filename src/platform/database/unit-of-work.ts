import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import { UserError } from '../errors.js';
import { isWorthRerunning } from './sql-state.js';
import { currentTransaction, within } from './transaction.js';
import type { Transaction } from './transaction.js';

const MAXIMUM_RERUNS = 3;

interface Outcome<T> {
  readonly result: T;
  readonly afterCommit: Transaction['afterCommit'];
}

/** Runs use cases in transactions that see one organization only (row-level security). */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  /** Those with a failed statement: PostgreSQL has given up their transaction. */
  private readonly broken = new WeakSet<QueryRunner>();

  constructor(private readonly dataSource: DataSource) {
    dataSource.subscribers.push({
      afterQuery: ({ success, queryRunner }) => {
        if (!success) this.broken.add(queryRunner);
      },
    });
  }

  /**
   * Runs the work in one transaction. A thrown error and a returned UserError roll back. Serialization failures and
   * deadlocks rerun the whole work, so it must have no effects outside of the database except through afterCommit.
   * Inside another unit of work it joins: the outermost result decides.
   */
  run<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.join(organizationId, false, work);
  }

  /** The same, read only: PostgreSQL refuses every write. */
  read<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.join(organizationId, true, work);
  }

  /**
   * Runs the action once the outermost transaction is committed, never when it rolls back. What was committed stays
   * committed when the action fails, so its error goes to the log.
   */
  afterCommit(action: () => void | Promise<void>): void {
    const transaction = currentTransaction();
    if (!transaction) throw new Error('afterCommit was called outside of a unit of work.');
    transaction.afterCommit.push(action);
  }

  private async join<T>(organizationId: string, readOnly: boolean, work: () => Promise<T>): Promise<T> {
    const outer = currentTransaction();
    if (!outer) return this.runAgainWhenWorthIt(organizationId, readOnly, work);
    if (outer.organizationId !== organizationId) throw new Error('A unit of work cannot span two organizations.');
    if (outer.readOnly && !readOnly) throw new Error('A read-only unit of work cannot turn into a writing one.');
    return work();
  }

  private async runAgainWhenWorthIt<T>(organizationId: string, readOnly: boolean, work: () => Promise<T>): Promise<T> {
    for (let reruns = 0; ; reruns += 1) {
      try {
        const { result, afterCommit } = await this.transact(organizationId, readOnly, work);
        await this.runAll(afterCommit);
        return result;
      } catch (error) {
        if (!isWorthRerunning(error) || reruns === MAXIMUM_RERUNS) throw error;
      }
    }
  }

  private async transact<T>(organizationId: string, readOnly: boolean, work: () => Promise<T>): Promise<Outcome<T>> {
    const runner = this.dataSource.createQueryRunner();
    const transaction: Transaction = { organizationId, readOnly, runner, afterCommit: [] };
    try {
      await runner.startTransaction();
      await runner.query(
        `SELECT set_config('lectern.organization_id', $1, true), set_config('transaction_read_only', $2, true)`,
        [organizationId, readOnly ? 'on' : 'off'],
      );
      const result = await within(transaction, work);
      if (result instanceof UserError) {
        await runner.rollbackTransaction();
        return { result, afterCommit: [] };
      }
      // COMMIT after a failed statement rolls back without an error: what the work wrote would be lost unnoticed.
      if (this.broken.has(runner)) throw new Error('A statement failed and the work swallowed its error.');
      await runner.commitTransaction();
      return { result, afterCommit: transaction.afterCommit };
    } catch (error) {
      await this.rollBack(transaction, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async rollBack({ runner }: Transaction, cause: unknown): Promise<void> {
    if (!runner.isTransactionActive) return;
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      // The connection is gone, and the transaction with it; the cause is what the caller gets to see.
      this.logger.warn(`Rolling back failed (${String(error)}) after: ${String(cause)}`);
    }
  }

  private async runAll(actions: Transaction['afterCommit']): Promise<void> {
    for (const action of actions) {
      try {
        await action();
      } catch (error) {
        this.logger.error(error);
      }
    }
  }
}
