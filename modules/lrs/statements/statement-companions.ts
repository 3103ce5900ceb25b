import { Injectable } from '@nestjs/common';
import type { PreparedStatement } from './prepared-statement.js';

/** A statement that was new, and is stored now. */
export interface AddedStatement extends PreparedStatement {
  /** Its place in the order of storage. */
  readonly position: string;
}

/** Writes what belongs to statements, inside the unit of work that adds them. */
export type CompanionWork = (added: readonly AddedStatement[]) => Promise<void>;

/** Something that is kept with statements, in the same transaction. */
export interface StatementCompanion {
  /**
   * Looks at statements before they are written; several requests of one organization may come together.
   *
   * @returns undefined when there is nothing to write for them: they are stored faster then. Otherwise the work, which gets
   *   those that were new (never none). It may run again after a serialization failure, so effects outside of the database
   *   belong into UnitOfWork.afterCommit.
   */
  prepare(organizationId: string, statements: readonly PreparedStatement[]): CompanionWork | undefined;
}

/** Who takes part in the transactions that store statements. */
@Injectable()
export class StatementCompanions {
  private readonly companions: StatementCompanion[] = [];

  /** To be called in onModuleInit. */
  add(companion: StatementCompanion): void {
    this.companions.push(companion);
  }

  /** What all of them have to write for these statements; undefined when it is nothing. */
  prepare(organizationId: string, statements: readonly PreparedStatement[]): CompanionWork | undefined {
    const works = this.companions.flatMap((companion) => companion.prepare(organizationId, statements) ?? []);
    if (works.length === 0) return undefined;
    return async (added) => {
      for (const work of works) await work(added);
    };
  }
}
