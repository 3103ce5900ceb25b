import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Conflict } from '../../../src/platform/errors.js';
import { isSameStatement } from '../xapi/comparison.js';
import type { Statement } from '../xapi/statement.js';
import type { PreparedStatement } from './prepared-statement.js';
import { StatementCompanions } from './statement-companions.js';
import { StatementFeed } from './statement-feed.js';
import { StatementStore } from './statement.store.js';

/** Commits statements, with everything that is kept with them. */
@Injectable()
export class StatementWriter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: StatementStore,
    private readonly companions: StatementCompanions,
    private readonly feed: StatementFeed,
  ) {}

  /**
   * Writes all of them or none. What is stored already, and is the same, stays as it is.
   *
   * @returns the conflict when an id has another statement
   */
  write(organizationId: string, statements: readonly PreparedStatement[]): Promise<Conflict | undefined> {
    const work = this.companions.prepare(organizationId, statements);
    return this.unitOfWork.run(organizationId, async () => {
      const time = await this.store.begin(organizationId);
      const positions = await this.store.add(
        organizationId,
        time,
        statements.map(({ row }) => row),
      );
      const added = statements.flatMap((statement) => {
        const position = positions.get(statement.row.id);
        return position === undefined ? [] : [{ ...statement, position }];
      });
      if (added.length > 0) {
        await work?.(added);
        this.unitOfWork.afterCommit(() => this.feed.announce(organizationId));
      }
      return this.conflictWithStored(
        organizationId,
        statements.filter(({ row }) => !positions.has(row.id)),
      );
    });
  }

  /** Comm 2.1.2: an id that is known never changes what is stored; it is an error only when the statement differs. */
  private async conflictWithStored(
    organizationId: string,
    known: readonly PreparedStatement[],
  ): Promise<Conflict | undefined> {
    if (known.length === 0) return undefined;
    const texts = await this.store.texts(
      organizationId,
      known.map(({ row }) => row.id),
    );
    for (const { statement, body, row } of known) {
      const stored = JSON.parse(texts.get(row.id)!) as Statement;
      if (isSameStatement(stored, statement, body.version)) continue;
      return new Conflict(`Another statement with the id ${row.id} is stored (Comm 2.1.2).`, ['id']);
    }
    return undefined;
  }
}
