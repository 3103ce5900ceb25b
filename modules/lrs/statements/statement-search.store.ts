import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { StoredStatement } from './stored-statement.js';
import { positionAt } from './stored-statement.js';

/** What to look for. Everything that is given must hold (Comm 2.1.3). */
export interface StatementSearch {
  /** Key of an agent or a group; related: in every place, not only actor and object. */
  readonly agent?: { readonly key: string; readonly related: boolean };
  readonly verbKey?: string;
  readonly activity?: { readonly key: string; readonly related: boolean };
  readonly registration?: string;
  /** Key of an authority; see authorityKey. It must have asserted the statement itself, not only one that it refers to. */
  readonly assertedBy?: string;
  /** Milliseconds since 1970; stored later than this. */
  readonly since?: number;
  /** Milliseconds since 1970; stored then or before. */
  readonly until?: number;
  readonly ascending: boolean;
  /** The position where the page before ended. */
  readonly after?: string;
  readonly limit: number;
}

/** Lists statements of the organization of the current unit of work. */
@Injectable()
export class StatementSearchStore {
  constructor(private readonly sql: Sql) {}

  async search(organizationId: string, search: StatementSearch): Promise<StoredStatement[]> {
    const { text, parameters } = searchSql(organizationId, search);
    return this.sql.query<StoredStatement>(text, parameters);
  }
}

/**
 * The SQL of a search. It goes over positions first, which indexes hold in order, and fetches texts last:
 *
 * - statements that match by themselves, driven by the index of one filter and probed by the others;
 * - statements about other statements, of which one that they lead to matches ("Filter Conditions for StatementRefs");
 *   the voided count here too, and time and order are those of the first.
 */
export function searchSql(organizationId: string, search: StatementSearch): { text: string; parameters: unknown[] } {
  const parameters: unknown[] = [organizationId];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const range = positionRange(search, bind);
  const filters = matchFilters(search, bind);
  const readable = readableOnly(search, bind);
  const order = `ORDER BY position ${search.ascending ? 'ASC' : 'DESC'} LIMIT ${bind(search.limit)}`;
  const own = `SELECT s.position FROM statements s ${filters.joins('s')} ${readable}
                WHERE s.organization_id = $1 AND ${range('s')} AND ${filters.conditions('s')} AND ${notVoided('s')} ${order}`;
  const referring = `SELECT s.position FROM statements s ${readable}
                      WHERE s.organization_id = $1 AND s.target_id IS NOT NULL AND ${range('s')} AND ${notVoided('s')}
                        AND EXISTS (${chainOfTargets('s.target_id', filters)}) ${order}`;
  const pages = filters.any ? `(${own}) UNION (${referring}) ${order}` : own;
  const text = `SELECT position::text AS position, payload::text AS text
                  FROM (${pages}) AS page JOIN statements USING (position) WHERE organization_id = $1
                 ORDER BY page.position ${search.ascending ? 'ASC' : 'DESC'}`;
  return { text, parameters };
}

type Bind = (value: unknown) => string;
type OfAlias = (alias: string) => string;

function positionRange({ since, until, after, ascending }: StatementSearch, bind: Bind): OfAlias {
  const bounds: [operator: string, parameter: string][] = [];
  if (since !== undefined) bounds.push(['>=', bind(positionAt(since + 1))]);
  if (until !== undefined) bounds.push(['<', bind(positionAt(until + 1))]);
  if (after !== undefined) bounds.push([ascending ? '>' : '<', bind(after)]);
  return (alias) =>
    bounds.map(([operator, parameter]) => `${alias}.position ${operator} ${parameter}::bigint`).join(' AND ') || 'TRUE';
}

/** Joined to a statement `s`: leaves those that the authority asserted. */
function readableOnly({ assertedBy }: StatementSearch, bind: Bind): string {
  if (assertedBy === undefined) return '';
  return `JOIN statement_terms mine ON mine.organization_id = $1 AND mine.position = s.position AND mine.key = ${bind(assertedBy)}`;
}

interface MatchFilters {
  readonly any: boolean;
  readonly joins: OfAlias;
  readonly conditions: OfAlias;
}

/** Terms are joined, not probed by EXISTS: their key makes the join unique, and the planner may start from their index. */
function matchFilters({ agent, activity, verbKey, registration }: StatementSearch, bind: Bind): MatchFilters {
  const terms = Object.entries({ agent, activity }).flatMap(([name, term]) =>
    term ? [{ name: `by_${name}`, key: bind(term.key), related: term.related }] : [],
  );
  const columns = Object.entries({ verb_key: verbKey, registration }).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, parameter: bind(value) }],
  );
  return {
    any: terms.length + columns.length > 0,
    joins: (alias) =>
      terms
        .map(
          ({ name }) =>
            `JOIN statement_terms ${name} ON ${name}.organization_id = $1 AND ${name}.position = ${alias}.position`,
        )
        .join(' '),
    conditions: (alias) =>
      [
        ...terms.map(({ name, key, related }) => `${name}.key = ${key}${related ? '' : ` AND ${name}.narrow`}`),
        ...columns.map(({ column, parameter }) => `${alias}.${column} = ${parameter}`),
      ].join(' AND ') || 'TRUE',
  };
}

/** A voiding statement cannot be voided (Data 2.3.2); the voiding may have come first. */
const notVoided: OfAlias = (alias) =>
  `NOT EXISTS (SELECT FROM statements v
                WHERE v.organization_id = $1 AND v.target_id = ${alias}.id AND v.voiding AND NOT ${alias}.voiding)`;

/** UNION drops what it has seen, so statements that refer to one another in a circle come to an end. */
function chainOfTargets(target: string, filters: MatchFilters): string {
  const columns = 't.id, t.target_id, t.position, t.verb_key, t.registration';
  return `WITH RECURSIVE chain AS (
            SELECT ${columns} FROM statements t WHERE t.organization_id = $1 AND t.id = ${target}
            UNION
            SELECT ${columns} FROM chain JOIN statements t ON t.organization_id = $1 AND t.id = chain.target_id)
          SELECT FROM chain ${filters.joins('chain')} WHERE ${filters.conditions('chain')}`;
}
