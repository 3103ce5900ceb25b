import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

export interface ErasedStatement {
  readonly position: string;
  readonly id: string;
}

/** Positions between two, both exclusive. */
export interface PositionRange {
  readonly after: string;
  readonly before: string;
}

export interface StatementText {
  readonly position: string;
  readonly text: string;
}

/** By what a statement is found, or was. */
export interface TermRow {
  readonly position: string;
  readonly key: string;
  readonly narrow: boolean;
}

/** Rewrites statements of the organization of the current unit of work. Their positions and ids stay what they are. */
@Injectable()
export class StatementErasureStore {
  constructor(private readonly sql: Sql) {}

  /** Statements that name one of the agents anywhere. Each key's index is followed from where it is. */
  naming(
    organizationId: string,
    keys: readonly string[],
    { after, before }: PositionRange,
    limit: number,
  ): Promise<ErasedStatement[]> {
    return this.sql.query<ErasedStatement>(
      `WITH named AS (
         SELECT DISTINCT term.position FROM unnest($2::uuid[]) AS wanted (key), LATERAL (
           SELECT position FROM statement_terms t
            WHERE t.organization_id = $1 AND t.key = wanted.key AND t.position > $3 AND t.position < $4
            ORDER BY t.position LIMIT $5) AS term
          ORDER BY term.position LIMIT $5)
       SELECT s.position::text AS position, s.id FROM named JOIN statements s ON s.organization_id = $1 AND s.position = named.position
        ORDER BY s.position`,
      [organizationId, keys, after, before, limit],
    );
  }

  async countNaming(organizationId: string, keys: readonly string[], before: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(DISTINCT position)::float8 AS count FROM statement_terms
        WHERE organization_id = $1 AND key = ANY ($2::uuid[]) AND position < $3`,
      [organizationId, keys, before],
    );
    return row!.count;
  }

  /** Nobody else reads them to copy what they are found by, until the unit of work ends; see StatementReferenceStore. */
  lock(organizationId: string, positions: readonly string[]): Promise<StatementText[]> {
    return this.sql.query<StatementText>(
      `SELECT position::text AS position, payload::text AS text FROM statements
        WHERE organization_id = $1 AND position = ANY ($2::bigint[]) ORDER BY position FOR UPDATE`,
      [organizationId, positions],
    );
  }

  read(organizationId: string, positions: readonly string[]): Promise<StatementText[]> {
    return this.sql.query<StatementText>(
      `SELECT position::text AS position, payload::text AS text FROM statements
        WHERE organization_id = $1 AND position = ANY ($2::bigint[]) ORDER BY position`,
      [organizationId, positions],
    );
  }

  async rewrite(organizationId: string, statements: readonly StatementText[]): Promise<void> {
    await this.sql.query(
      `UPDATE statements s SET payload = sent.text::json FROM unnest($2::bigint[], $3::text[]) AS sent (position, text)
        WHERE s.organization_id = $1 AND s.position = sent.position AND s.position = ANY ($2::bigint[])`,
      [organizationId, statements.map(({ position }) => position), statements.map(({ text }) => text)],
    );
  }

  /** Puts other terms in the place of those that statements were found by, also where statements that lead to them have copies. */
  async replaceTerms(organizationId: string, removed: readonly TermRow[], added: readonly TermRow[]): Promise<void> {
    await this.sql.query(
      `DELETE FROM statement_terms t USING unnest($2::bigint[], $3::uuid[]) AS gone (position, key)
        WHERE t.organization_id = $1 AND t.key = gone.key AND t.position = gone.position`,
      [organizationId, removed.map(({ position }) => position), removed.map(({ key }) => key)],
    );
    await this.sql.query(
      `INSERT INTO statement_terms (organization_id, key, position, narrow)
       SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::boolean[]) ON CONFLICT DO NOTHING`,
      [organizationId, ...columnsOf(added)],
    );
    const links = await this.sql.query<{ position: string; target: string }>(
      `WITH gone AS (
         DELETE FROM statement_reference_terms r USING unnest($2::bigint[], $3::uuid[]) AS gone (position, key)
          WHERE r.organization_id = $1 AND r.key = gone.key AND r.target_position = gone.position
         RETURNING r.position, r.target_position)
       SELECT DISTINCT position::text AS position, target_position::text AS target FROM gone`,
      [organizationId, removed.map(({ position }) => position), removed.map(({ key }) => key)],
    );
    if (links.length === 0) return;
    await this.sql.query(
      `INSERT INTO statement_reference_terms (organization_id, key, position, target_position, narrow)
       SELECT $1, term.key, link.position, link.target, term.narrow
         FROM unnest($2::uuid[], $3::bigint[], $4::boolean[]) AS term (key, target, narrow)
         JOIN unnest($5::bigint[], $6::bigint[]) AS link (position, target) USING (target)
       ON CONFLICT DO NOTHING`,
      [organizationId, ...columnsOf(added), links.map(({ position }) => position), links.map(({ target }) => target)],
    );
  }
}

const columnsOf = (terms: readonly TermRow[]): [keys: string[], positions: string[], narrow: boolean[]] => [
  terms.map(({ key }) => key),
  terms.map(({ position }) => position),
  terms.map(({ narrow }) => narrow),
];
