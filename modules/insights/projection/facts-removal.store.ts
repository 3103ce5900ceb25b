import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { ROLES } from '../fact.js';

/** Numbers of what removed facts named, of those kinds that tell of people. */
export interface NamedTerms {
  /** Actors, registrations, responses. */
  readonly terms: readonly number[];
  readonly contexts: readonly number[];
}

/** Removes facts, and what only they named. In the organization of the current unit of work. */
@Injectable()
export class FactsRemovalStore {
  constructor(private readonly sql: Sql) {}

  async remove(organizationId: string, positions: readonly string[]): Promise<NamedTerms> {
    const [row] = await this.sql.query<{ terms: number[] | null; contexts: number[] | null }>(
      `WITH gone AS (
         DELETE FROM statement_facts WHERE organization_id = $1 AND position = ANY ($2::bigint[])
         RETURNING actor, registration, response, context)
       SELECT array_agg(DISTINCT named.term) FILTER (WHERE named.term IS NOT NULL) AS terms,
              array_agg(DISTINCT gone.context) FILTER (WHERE gone.context IS NOT NULL) AS contexts
         FROM gone CROSS JOIN LATERAL unnest(ARRAY[actor, registration, response]) AS named (term)`,
      [organizationId, positions],
    );
    return { terms: row?.terms ?? [], contexts: row?.contexts ?? [] };
  }

  /** Verbs, activities and types stay: what was learnt of them holds for statements to come. */
  async removeUnused(organizationId: string, { terms, contexts }: NamedTerms): Promise<void> {
    const members = await this.removeContexts(organizationId, contexts);
    const candidates = [...new Set([...terms, ...contexts, ...members])];
    if (candidates.length === 0) return;
    await this.sql.query(
      `WITH unused AS (
         DELETE FROM fact_terms t
          WHERE t.organization_id = $1 AND t.id = ANY ($2::integer[])
            AND NOT EXISTS (SELECT FROM fact_contexts c WHERE c.organization_id = $1 AND c.term = t.id)
            AND ${['actor', 'activity', 'registration', 'response', 'context']
              .map(
                (column) =>
                  `NOT EXISTS (SELECT FROM statement_facts f WHERE f.organization_id = $1 AND f.${column} = t.id)`,
              )
              .join(' AND ')}
         RETURNING t.id)
       DELETE FROM fact_words w USING unused WHERE w.organization_id = $1 AND w.term = unused.id`,
      [organizationId, candidates],
    );
  }

  /** @returns the agents that those without facts named */
  private async removeContexts(organizationId: string, contexts: readonly number[]): Promise<number[]> {
    if (contexts.length === 0) return [];
    const rows = await this.sql.query<{ term: number }>(
      `WITH unused AS (
         SELECT context FROM unnest($2::integer[]) AS given (context)
          WHERE NOT EXISTS (SELECT FROM statement_facts f WHERE f.organization_id = $1 AND f.context = given.context)),
       gone AS (
         DELETE FROM fact_contexts c USING unused WHERE c.organization_id = $1 AND c.context = unused.context
         RETURNING c.role, c.term)
       SELECT DISTINCT t.id AS term FROM gone JOIN fact_terms t ON t.organization_id = $1 AND t.id = gone.term
        WHERE gone.role = ANY ($3::smallint[]) AND (t.value IS NULL OR t.value LIKE '{%')`,
      [organizationId, contexts, [ROLES.named, ROLES.related]],
    );
    return rows.map(({ term }) => term);
  }
}
