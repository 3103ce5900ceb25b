import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../../../src/platform/database/sql-state.js';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { ErasedIdentities } from '../../erasure/erased-identities.js';
import { isSameStatement } from '../../xapi/comparison.js';
import { parseExactly } from '../../xapi/exact-json.js';
import type { Statement } from '../../xapi/statement.js';
import type { PreparedStatement } from '../prepared-statement.js';
import { ReferenceSettling } from '../references/reference-settling.job.js';
import { StatementLinker } from '../references/statement-linker.js';
import type { AddedStatement, CompanionWork } from '../statement-companions.js';
import { StatementConflict } from './statement-conflict.js';
import { StatementInsertStore, STORED_SLOT } from './statement-insert.store.js';

/** Statements of one request, and what is to be written with them. */
export interface Writing {
  readonly statements: readonly PreparedStatement[];
  readonly work?: CompanionWork | undefined;
}

/** What a transaction has stored. */
export interface Stored {
  readonly added: number;
  /** Ids of statements that refer to something that is not there. */
  readonly open: readonly string[];
}

/** How often an id may have been taken by somebody else at the same moment. */
const MAXIMUM_RERUNS = 3;

/** Stores statements of any kind: some may be stored already, refer to others, or have companions. */
@Injectable()
export class StatementTransaction {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: StatementInsertStore,
    private readonly linker: StatementLinker,
    private readonly settling: ReferenceSettling,
    private readonly erased: ErasedIdentities,
  ) {}

  /**
   * Stores all in one transaction, or none. No two have an id in common.
   *
   * @returns StatementConflict when an id has another statement
   */
  async run(organizationId: string, writings: readonly Writing[]): Promise<Stored | StatementConflict> {
    for (let reruns = 0; ; reruns += 1) {
      try {
        return await this.unitOfWork.run(organizationId, () => this.write(organizationId, writings));
      } catch (error) {
        if (!isUniqueViolation(error, 'statement_ids_pkey') || reruns === MAXIMUM_RERUNS) throw error;
      }
    }
  }

  private async write(organizationId: string, writings: readonly Writing[]): Promise<Stored | StatementConflict> {
    const stored = await this.store.begin(organizationId);
    const all = writings.flatMap(({ statements }) => statements);
    const ids = all.map(({ row }) => row.id);
    const known = await this.store.known(organizationId, ids);
    const texts = new Map(known.map(({ id, text }) => [id, text]));
    const conflicts = await this.conflictsIn(organizationId, all, texts);
    if (conflicts.length > 0) return new StatementConflict(conflicts);
    const news = all.filter(({ row }) => !texts.has(row.id));
    if (news.length === 0) return { added: 0, open: [] };
    const rows = news.map(({ row }) => row);
    const positions = await this.store.insert(organizationId, stored, rows);
    await accompany(writings, new Map(news.map((statement, index) => [statement, positions[index]!])));
    return { added: news.length, open: await this.link(organizationId, news) };
  }

  /**
   * Comm 2.1.2: an id that is known never changes what is stored; it is an error only when the statement differs, and what
   * an erasure has taken out of the stored one makes no difference.
   */
  private async conflictsIn(
    organizationId: string,
    statements: readonly PreparedStatement[],
    stored: ReadonlyMap<string, string>,
  ): Promise<string[]> {
    const conflicts: string[] = [];
    for (const { body, row } of statements) {
      const known = stored.get(row.id);
      if (known === undefined) continue;
      const sent = row.text.replaceAll(STORED_SLOT, '');
      if (isSameStatement(statementIn(known), statementIn(sent), body.version)) continue;
      if (!(await this.erased.areSame(organizationId, known, sent, body.version))) conflicts.push(row.id);
    }
    return conflicts;
  }

  private async link(organizationId: string, news: readonly PreparedStatement[]): Promise<readonly string[]> {
    const ids = news.map(({ row }) => row.id);
    if (await this.linker.link(organizationId, ids)) return [];
    const referring = news.filter(({ row }) => row.targetId !== undefined).map(({ row }) => row.id);
    if (referring.length > 0) await this.settling.promise({ organizationId, ids: referring });
    return referring;
  }
}

const statementIn = (text: string): Statement => parseExactly(text) as Statement;

async function accompany(
  writings: readonly Writing[],
  positions: ReadonlyMap<PreparedStatement, string>,
): Promise<void> {
  for (const { statements, work } of writings) {
    if (!work) continue;
    const added = statements.flatMap((statement): AddedStatement[] => {
      const position = positions.get(statement);
      return position === undefined ? [] : [{ ...statement, position }];
    });
    if (added.length > 0) await work(added);
  }
}
