import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueryRunner } from 'typeorm';

/** The transaction that the current unit of work runs in. */
export interface Transaction {
  readonly organizationId: string;
  readonly readOnly: boolean;
  readonly runner: QueryRunner;
  readonly afterCommit: (() => void | Promise<void>)[];
}

const current = new AsyncLocalStorage<Transaction>();

/** The transaction of the calling unit of work, or undefined outside of one. */
export function currentTransaction(): Transaction | undefined {
  return current.getStore();
}

/** Runs work so that everything it awaits sees the transaction. */
export function within<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  return current.run(transaction, work);
}
