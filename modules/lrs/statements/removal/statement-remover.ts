import { Injectable } from '@nestjs/common';
import { storedTerms } from '../references/stored-terms.js';
import { StatementLinker } from '../references/statement-linker.js';
import { StatementHistory } from '../statement-history.store.js';
import { StatementRemovalStore } from './statement-removal.store.js';
import { StatementRemovals } from './statement-removals.js';

/** Removes statements, and tells those who have made something of them. */
@Injectable()
export class StatementRemover {
  constructor(
    private readonly removals: StatementRemovals,
    private readonly history: StatementHistory,
    private readonly linker: StatementLinker,
    private readonly store: StatementRemovalStore,
  ) {}

  /**
   * Removes the statements at the positions within the unit of work; those that are gone already do no harm. Their ids are
   * free from then on. What was voided by one of them stays voided.
   *
   * @returns how many there were
   */
  async remove(organizationId: string, positions: readonly string[]): Promise<number> {
    await this.store.followIndexes();
    const statements = await this.history.at(organizationId, positions);
    await this.removals.keep(organizationId, statements);
    const found = statements.map(({ position, id, text }) => ({ position, id, keys: [...storedTerms(text).keys()] }));
    const relink = await this.linker.unlink(
      organizationId,
      found.map(({ id }) => id),
    );
    const removed = found.length === 0 ? 0 : await this.store.delete(organizationId, found);
    await this.removals.forget(organizationId, positions);
    if (relink.length > 0) await this.linker.link(organizationId, relink);
    return removed;
  }
}
