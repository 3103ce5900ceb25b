import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { UserError } from '../../../src/platform/errors.js';
import { StatementConditionsStore } from './statement-conditions.store.js';
import type { StatementConditions } from './statement-conditions.store.js';
import type { StatementFilter } from './statement-filter.js';

/** Statements that a filter finds and no other filter does, voided ones too. */
export interface StatementSelection {
  readonly filter: StatementFilter;
  readonly except: readonly StatementFilter[];
  /** At this position or before. */
  readonly upTo?: string | undefined;
  /** Not at these positions. */
  readonly without: readonly string[];
}

/** What is selected. */
export interface SelectionSummary {
  readonly count: number;
  /** Positions; undefined when there is nothing. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** By IRI, the most frequent first. */
  readonly verbs: readonly { readonly verb: string; readonly count: number }[];
  /** By the year, in UTC, in which they were stored. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
}

/** Bytes of attachments that only selected statements have. */
export interface SelectedAttachments {
  readonly count: number;
  readonly bytes: number;
}

const MOST_VERBS = 100;

const YEAR = `extract(year FROM to_timestamp(f.position / 1000000000) AT TIME ZONE 'UTC')::int`;

/** Chooses statements by their facts. In the organization of the current unit of work. */
@Injectable()
export class StatementSelectionStore {
  constructor(
    private readonly sql: Sql,
    private readonly conditions: StatementConditionsStore,
  ) {}

  /** Positions of the next ones after a position, in the order of storage. */
  async next(organizationId: string, selection: StatementSelection, after: string, limit: number): Promise<string[]> {
    const { where, parameters } = await this.conditionsOf(organizationId, selection);
    const rows = await this.sql.query<{ position: string }>(
      `SELECT f.position::text AS position FROM statement_facts f
        WHERE ${where} AND f.position > $${parameters.length + 1}::bigint ORDER BY f.position LIMIT ${limit}`,
      [...parameters, after],
    );
    return rows.map(({ position }) => position);
  }

  async count(organizationId: string, selection: StatementSelection): Promise<number> {
    const { where, parameters } = await this.conditionsOf(organizationId, selection);
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::float8 AS count FROM statement_facts f WHERE ${where}`,
      parameters,
    );
    return row!.count;
  }

  async summary(organizationId: string, selection: StatementSelection): Promise<SelectionSummary> {
    const { where, parameters } = await this.conditionsOf(organizationId, selection);
    const rows = await this.sql.query<{
      verb: string | null;
      year: number | null;
      count: number;
      first: string | null;
      last: string | null;
    }>(
      `SELECT t.value AS verb, g.year, g.count, g.first, g.last FROM (
         SELECT f.verb, ${YEAR} AS year, count(*)::float8 AS count, min(f.position)::text AS first, max(f.position)::text AS last
           FROM statement_facts f WHERE ${where}
          GROUP BY GROUPING SETS ((), (f.verb), (${YEAR}))) AS g
         LEFT JOIN fact_terms t ON t.organization_id = $1 AND t.id = g.verb
        ORDER BY g.year, g.count DESC, t.value`,
      parameters,
    );
    const whole = rows.find(({ verb, year }) => verb === null && year === null);
    return {
      count: whole?.count ?? 0,
      first: whole?.first ?? undefined,
      last: whole?.last ?? undefined,
      verbs: rows.flatMap(({ verb, count }) => (verb === null ? [] : [{ verb, count }])).slice(0, MOST_VERBS),
      years: rows.flatMap(({ year, count }) => (year === null ? [] : [{ year, count }])),
    };
  }

  async attachments(organizationId: string, selection: StatementSelection): Promise<SelectedAttachments> {
    const { where, parameters } = await this.conditionsOf(organizationId, selection);
    const [row] = await this.sql.query<SelectedAttachments>(
      `WITH gone AS MATERIALIZED (
         SELECT l.position, l.sha2 FROM statement_attachments l
           JOIN statement_facts f ON f.organization_id = l.organization_id AND f.position = l.position
          WHERE l.organization_id = $1 AND ${where}),
       links AS (SELECT sha2, count(*) AS links FROM gone GROUP BY sha2)
       SELECT count(*)::float8 AS count, coalesce(sum(a.bytes), 0)::float8 AS bytes
         FROM links JOIN attachments a ON a.organization_id = $1 AND a.sha2 = links.sha2
        WHERE links.links = (
          SELECT count(*) FROM statement_attachments l WHERE l.organization_id = $1 AND l.sha2 = links.sha2)`,
      parameters,
    );
    return row!;
  }

  /** A condition about nothing (null) is not a reason to keep a statement: hence IS NOT TRUE. */
  private async conditionsOf(
    organizationId: string,
    { filter, except, upTo, without }: StatementSelection,
  ): Promise<StatementConditions> {
    const parameters: unknown[] = [organizationId];
    const all = [await this.whereOf(organizationId, filter, parameters)];
    for (const other of except) all.push(`(${await this.whereOf(organizationId, other, parameters)}) IS NOT TRUE`);
    if (upTo !== undefined) all.push(`f.position <= $${parameters.push(upTo)}::bigint`);
    if (without.length > 0) all.push(`f.position <> ALL ($${parameters.push(without)}::bigint[])`);
    return { where: all.join(' AND '), parameters };
  }

  private async whereOf(organizationId: string, filter: StatementFilter, parameters: unknown[]): Promise<string> {
    const conditions = await this.conditions.of(organizationId, filter, { withVoided: true, parameters });
    // Only words can be refused.
    if (conditions instanceof UserError) throw new Error(conditions.message);
    return conditions.where;
  }
}
