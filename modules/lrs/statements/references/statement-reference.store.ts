import { Injectable } from '@nestjs/common';
import { Sql } from '../../../../src/platform/database/sql.js';

/** A statement that leads to another, at once or by way of others. */
export interface StatementLink {
  readonly position: string;
  /** Null when what it leads to is not stored, or not yet. */
  readonly target: string | null;
}

/** The same, with by what the other one is found. */
export interface IndexedLink {
  readonly position: string;
  readonly target: string;
  readonly terms: ReadonlyMap<string, boolean>;
}

/** A statement whose object is a StatementRef. */
interface ReferringStatement {
  readonly id: string;
  readonly position: string;
}

/** A statement that others lead to. */
interface TargetText {
  readonly position: string;
  readonly text: string;
}

/**
 * A statement leads to at most so many others, one after the other: beyond, a search finds it no more by what it leads to.
 * The copies of a chain's index entries grow with the square of its length.
 */
const LONGEST_CHAIN = 100;

const listOf = (values: readonly (string | boolean)[]): string => `{${values.join(',')}}`;

/** Links of statements whose object is a StatementRef. In the organization of the current unit of work. */
@Injectable()
export class StatementReferenceStore {
  constructor(private readonly sql: Sql) {}

  /**
   * All that statements lead to, for those with the ids and for those that lead to them. Chains that go in circles end where
   * they come back.
   */
  linksAround(organizationId: string, ids: readonly string[]): Promise<StatementLink[]> {
    return this.sql.query<StatementLink>(
      `WITH RECURSIVE up AS (
         SELECT id, position, target_id, 1 AS depth FROM (
           SELECT * FROM statement_targets WHERE organization_id = $1 AND id = ANY ($2::uuid[])
           UNION
           SELECT * FROM statement_targets WHERE organization_id = $1 AND target_id = ANY ($2::uuid[])) AS nearest
         UNION ALL
         SELECT next.id, next.position, next.target_id, depth + 1
           FROM up JOIN statement_targets next ON next.organization_id = $1 AND next.target_id = up.id
          WHERE depth < ${LONGEST_CHAIN}
       ) CYCLE id SET is_circle USING path,
       down AS (
         SELECT DISTINCT position, target_id, 1 AS depth FROM up
         UNION ALL
         SELECT down.position, next.target_id, down.depth + 1
           FROM down JOIN statement_targets next ON next.organization_id = $1 AND next.id = down.target_id
          WHERE down.depth < ${LONGEST_CHAIN}
       ) CYCLE target_id SET is_circle USING path
       SELECT DISTINCT down.position::text AS position, i.position::text AS target
         FROM down LEFT JOIN statement_ids i ON i.organization_id = $1 AND i.id = down.target_id`,
      [organizationId, listOf(ids)],
    );
  }

  /** From now until the unit of work ends, nobody rewrites them: what is copied from them stays true. */
  textsAt(organizationId: string, positions: readonly string[]): Promise<TargetText[]> {
    return this.sql.query<TargetText>(
      `SELECT position::text AS position, payload::text AS text FROM statements
        WHERE organization_id = $1 AND position = ANY ($2::bigint[]) ORDER BY position FOR SHARE`,
      [organizationId, listOf(positions)],
    );
  }

  /** Adds links; those that are there already stay. */
  async add(organizationId: string, links: readonly IndexedLink[]): Promise<void> {
    await this.sql.query(
      `WITH linked AS (
         INSERT INTO statement_references (organization_id, position, target_position, verb_key, registration)
         SELECT $1, link.position, t.position, t.verb_key, t.registration
           FROM unnest($2::bigint[], $3::bigint[]) AS link (position, target)
           JOIN statements t ON t.organization_id = $1 AND t.position = link.target
         ORDER BY link.position, link.target ON CONFLICT DO NOTHING)
       INSERT INTO statement_reference_terms (organization_id, key, position, target_position, narrow)
       SELECT $1, key, position, target, narrow
         FROM unnest($4::uuid[], $5::bigint[], $6::bigint[], $7::boolean[]) AS term (key, position, target, narrow)
        ORDER BY key, position, target ON CONFLICT DO NOTHING`,
      [organizationId, ...columnsOf(links)],
    );
  }

  /** Statements that are, or lead to, one of those with the ids, as far as they refer to anything. */
  leadingTo(organizationId: string, ids: readonly string[]): Promise<ReferringStatement[]> {
    return this.sql.query<ReferringStatement>(
      `WITH RECURSIVE up AS (
         SELECT id, position, 1 AS depth FROM (
           SELECT * FROM statement_targets WHERE organization_id = $1 AND id = ANY ($2::uuid[])
           UNION
           SELECT * FROM statement_targets WHERE organization_id = $1 AND target_id = ANY ($2::uuid[])) AS nearest
         UNION ALL
         SELECT next.id, next.position, depth + 1
           FROM up JOIN statement_targets next ON next.organization_id = $1 AND next.target_id = up.id
          WHERE depth < ${LONGEST_CHAIN}
       ) CYCLE id SET is_circle USING path
       SELECT DISTINCT id, position::text AS position FROM up`,
      [organizationId, listOf(ids)],
    );
  }

  /** The links that there are of the statements at the positions. */
  linksOf(organizationId: string, positions: readonly string[]): Promise<{ position: string; target: string }[]> {
    return this.sql.query(
      `SELECT position::text AS position, target_position::text AS target FROM statement_references
        WHERE organization_id = $1 AND position = ANY ($2::bigint[])`,
      [organizationId, listOf(positions)],
    );
  }

  /** Takes back what {@link add} has written for the same links. */
  async remove(organizationId: string, links: readonly IndexedLink[]): Promise<void> {
    await this.sql.query(
      `WITH unlinked AS (
         DELETE FROM statement_references r USING unnest($2::bigint[], $3::bigint[]) AS link (position, target)
          WHERE r.organization_id = $1 AND r.position = link.position AND r.target_position = link.target)
       DELETE FROM statement_reference_terms t
        USING unnest($4::uuid[], $5::bigint[], $6::bigint[], $7::boolean[]) AS term (key, position, target, narrow)
        WHERE t.organization_id = $1 AND t.key = term.key AND t.position = term.position
          AND t.target_position = term.target`,
      [organizationId, ...columnsOf(links)],
    );
  }
}

/** Links by column, then their terms by column. */
function columnsOf(links: readonly IndexedLink[]): string[] {
  const terms = links.flatMap(({ position, target, terms }) =>
    [...terms].map(([key, narrow]) => ({ position, target, key, narrow })),
  );
  return [
    listOf(links.map(({ position }) => position)),
    listOf(links.map(({ target }) => target)),
    listOf(terms.map(({ key }) => key)),
    listOf(terms.map(({ position }) => position)),
    listOf(terms.map(({ target }) => target)),
    listOf(terms.map(({ narrow }) => narrow)),
  ];
}
