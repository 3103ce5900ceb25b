import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ContextPart } from '../fact.js';

/** Facts of people who are erased, in the organization of the current unit of work. */
@Injectable()
export class FactErasureStore {
  constructor(private readonly sql: Sql) {}

  /** Facts before a position that have one of the agents as the actor or in the context. */
  async count(organizationId: string, terms: readonly number[], before: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::float8 AS count FROM statement_facts f
        WHERE f.organization_id = $1 AND f.position < $3 AND (f.actor = ANY ($2::integer[]) OR f.context IN (
          SELECT context FROM fact_contexts WHERE organization_id = $1 AND term = ANY ($2::integer[])))`,
      [organizationId, terms, before],
    );
    return row!.count;
  }

  /** What actors have answered before a position. */
  async responsesOf(organizationId: string, actor: number, before: string): Promise<number[]> {
    const rows = await this.sql.query<{ response: number }>(
      `SELECT DISTINCT response FROM statement_facts
        WHERE organization_id = $1 AND actor = $2 AND position < $3 AND response IS NOT NULL`,
      [organizationId, actor, before],
    );
    return rows.map(({ response }) => response);
  }

  /** @returns how many facts it was */
  async replaceActor(
    organizationId: string,
    { from, to, before, keepResponses }: { from: number; to: number; before: string; keepResponses: boolean },
  ): Promise<number> {
    const rows = await this.sql.query(
      `UPDATE statement_facts SET actor = $3, response = CASE WHEN $5 THEN response END
        WHERE organization_id = $1 AND actor = $2 AND position < $4 RETURNING 1`,
      [organizationId, from, to, before, keepResponses],
    );
    return rows.length;
  }

  /** The next context after an id that one of the agents is in, and a fact before a position that has it. */
  async nextContext(
    organizationId: string,
    terms: readonly number[],
    after: number,
    before: string,
  ): Promise<{ context: number; position: string | null } | undefined> {
    const [row] = await this.sql.query<{ context: number; position: string | null }>(
      `SELECT c.context, (SELECT f.position::text FROM statement_facts f
                           WHERE f.organization_id = $1 AND f.context = c.context AND f.position < $4 LIMIT 1) AS position
         FROM fact_contexts c WHERE c.organization_id = $1 AND c.term = ANY ($2::integer[]) AND c.context > $3
        ORDER BY c.context LIMIT 1`,
      [organizationId, terms, after, before],
    );
    return row;
  }

  partsOf(organizationId: string, context: number): Promise<ContextPart[]> {
    return this.sql.query<ContextPart>(
      `SELECT c.role, replace(t.key::text, '-', '') AS key
         FROM fact_contexts c JOIN fact_terms t ON t.organization_id = $1 AND t.id = c.term
        WHERE c.organization_id = $1 AND c.context = $2`,
      [organizationId, context],
    );
  }

  /** @returns how many facts it was */
  async replaceContext(organizationId: string, from: number, to: number, before: string): Promise<number> {
    const rows = await this.sql.query(
      `UPDATE statement_facts SET context = $3
        WHERE organization_id = $1 AND context = $2 AND position < $4 RETURNING 1`,
      [organizationId, from, to, before],
    );
    return rows.length;
  }

  /** Removes a context that no fact has any more. @returns the terms that were in it, and itself; none when a fact has it */
  async forgetContext(organizationId: string, context: number): Promise<number[]> {
    const rows = await this.sql.query<{ term: number }>(
      `DELETE FROM fact_contexts c WHERE c.organization_id = $1 AND c.context = $2 AND NOT EXISTS (
         SELECT FROM statement_facts f WHERE f.organization_id = $1 AND f.context = $2)
       RETURNING c.term`,
      [organizationId, context],
    );
    return rows.length === 0 ? [] : [context, ...rows.map(({ term }) => term)];
  }

  /**
   * Removes those of the terms that nothing refers to any more: of some kinds all that tell nothing, since they are keys of
   * agents, authorities and contexts, and those that are named besides.
   */
  async forgetUnused(organizationId: string, terms: readonly number[], besides: readonly number[] = []): Promise<void> {
    const referring = ['actor', 'activity', 'response', 'context']
      .map((column) => `SELECT FROM statement_facts f WHERE f.organization_id = $1 AND f.${column} = t.id`)
      .concat(
        ['term', 'context'].map(
          (column) => `SELECT FROM fact_contexts c WHERE c.organization_id = $1 AND c.${column} = t.id`,
        ),
      );
    await this.sql.query(
      `WITH unused AS (
         SELECT t.id FROM fact_terms t
          WHERE t.organization_id = $1 AND t.id = ANY ($2::integer[]) AND (t.value IS NULL OR t.id = ANY ($3::integer[]))
            AND ${referring.map((query) => `NOT EXISTS (${query})`).join(' AND ')}),
       words AS (DELETE FROM fact_words w USING unused WHERE w.organization_id = $1 AND w.term = unused.id)
       DELETE FROM fact_terms t USING unused WHERE t.organization_id = $1 AND t.id = unused.id`,
      [organizationId, [...terms, ...besides], besides],
    );
  }

  /** Of the latest fact that has the actor. */
  async latestOf(organizationId: string, actor: number): Promise<string | undefined> {
    const [row] = await this.sql.query<{ position: string | null }>(
      'SELECT max(position)::text AS position FROM statement_facts WHERE organization_id = $1 AND actor = $2',
      [organizationId, actor],
    );
    return row!.position ?? undefined;
  }
}
