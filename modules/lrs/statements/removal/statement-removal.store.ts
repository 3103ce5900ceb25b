import { Injectable } from '@nestjs/common';
import { Sql } from '../../../../src/platform/database/sql.js';

/** A statement, and by what it is found. */
export interface IndexedStatement {
  readonly position: string;
  /** See termsOf. */
  readonly keys: readonly string[];
}

/** Deletes rows of statements. In the organization of the current unit of work. */
@Injectable()
export class StatementRemovalStore {
  constructor(private readonly sql: Sql) {}

  /**
   * From now until the transaction ends, plans follow the indexes, not what the statistics of a table that grows say of it at
   * the moment: a batch is small beside what is looked through otherwise.
   */
  async followIndexes(): Promise<void> {
    await this.sql.query(
      `SELECT set_config(name, 'off', true) FROM unnest(ARRAY['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) AS name`,
    );
  }

  /**
   * Deletes statements with their ids and index entries. What a voiding statement voids stays voided: its link stays, under
   * another id than the one that is free now, as it does when a partition is dropped.
   *
   * @returns how many there were
   */
  async delete(organizationId: string, statements: readonly IndexedStatement[]): Promise<number> {
    const terms = statements.flatMap(({ position, keys }) => keys.map((key) => ({ position, key })));
    const [row] = await this.sql.query<{ count: number }>(
      `WITH gone AS (
         DELETE FROM statements WHERE organization_id = $1 AND position = ANY ($2::bigint[]) RETURNING position, id),
       ids AS (
         DELETE FROM statement_ids i USING gone
          WHERE i.organization_id = $1 AND i.id = gone.id AND i.position = gone.position),
       targets AS (
         DELETE FROM statement_targets t USING gone WHERE t.organization_id = $1 AND t.id = gone.id AND NOT t.voiding),
       voidings AS (
         UPDATE statement_targets t SET id = gen_random_uuid() FROM gone
          WHERE t.organization_id = $1 AND t.id = gone.id AND t.voiding),
       found_by AS (
         DELETE FROM statement_terms t USING unnest($3::uuid[], $4::bigint[]) AS term (key, position)
          WHERE t.organization_id = $1 AND t.key = term.key AND t.position = term.position)
       SELECT count(*)::int AS count FROM gone`,
      [
        organizationId,
        statements.map(({ position }) => position),
        terms.map(({ key }) => key),
        terms.map(({ position }) => position),
      ],
    );
    return row!.count;
  }
}
