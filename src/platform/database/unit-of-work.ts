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
    try {
      await runner.query(opening(organizationId, readOnly));
      return await this.conclude({ organizationId, readOnly, runner, afterCommit: [] }, work);
    } finally {
      await runner.release();
    }
  }

  private async conclude<T>(transaction: Transaction, work: () => Promise<T>): Promise<Outcome<T>> {
    const { runner, afterCommit } = transaction;
    try {
      const result = await within(transaction, work);
      if (result instanceof UserError) {
        await runner.query('ROLLBACK');
        return { result, afterCommit: [] };
      }
      // COMMIT after a failed statement rolls back without an error: what the work wrote would be lost unnoticed.
      if (this.broken.has(runner)) throw new Error('A statement failed and the work swallowed its error.');
      await runner.query('COMMIT');
      return { result, afterCommit };
    } catch (error) {
      await this.rollBack(transaction, error);
      throw error;
    }
  }

  private async rollBack({ runner }: Transaction, cause: unknown): Promise<void> {
    try {
      await runner.query('ROLLBACK');
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

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Begins a transaction of an organization in one round trip; several statements at once take no parameters. */
function opening(organizationId: string, readOnly: boolean): string {
  if (!UUID.test(organizationId)) throw new Error(`Not the id of an organization: ${organizationId}`);
  const mode = readOnly ? 'READ ONLY' : 'READ WRITE';
  return `START TRANSACTION ${mode}; SET LOCAL lectern.organization_id = '${organizationId}'`;
}
