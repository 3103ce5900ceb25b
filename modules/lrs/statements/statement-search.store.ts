import { Injectable } from '@nestjs/common';
import type { DirectStatement } from '../../../src/platform/database/direct-sql.js';
import { IS_VOIDED } from './statement.sql.js';
import { StatementStore } from './statement.store.js';
import type { Found } from './statement.store.js';
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

/** Lists statements. */
@Injectable()
export class StatementSearchStore {
  constructor(private readonly statements: StatementStore) {}

  search(organizationId: string, search: StatementSearch): Promise<Found<StoredStatement[]>> {
    return this.statements.read<StoredStatement>(organizationId, searchStatement(organizationId, search));
  }
}

/**
 * The SQL of a search. Each of its two branches follows an index that ends in the position, probes the others, and stops as
 * soon as the page is full; the branches are merged:
 *
 * - statements that match by themselves;
 * - statements about other statements, of which one that they lead to matches ("Filter Conditions for StatementRefs"): they
 *   have copies of the index entries of those. What they lead to counts even when it is voided; time and order are their own.
 */
export function searchStatement(organizationId: string, search: StatementSearch): DirectStatement {
  const values: unknown[] = [organizationId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const filters = filtersOf(search, bind);
  const any = filters.terms.length + filters.columns.length > 0;
  const range = positionRange(search, bind);
  const mine = assertedOnly(search, any, range, bind);
  const conditions = ['s.organization_id = $1', range('s'), `NOT ${IS_VOIDED}`, mine.condition];
  const page = `ORDER BY s.position ${search.ascending ? 'ASC' : 'DESC'} LIMIT ${bind(search.limit)}`;
  const own = `SELECT s.position, s.payload FROM statements s ${ownJoins(filters, range)} ${mine.join}
                WHERE ${[...conditions, ...ownColumns(filters)].join(' AND ')} ${page}`;
  const referring = `SELECT DISTINCT ON (s.position) s.position, s.payload FROM statements s ${referringJoins(filters, range)}
                      WHERE ${conditions.join(' AND ')} ${page}`;
  const either = `SELECT DISTINCT ON (s.position) s.position, s.payload FROM ((${own}) UNION ALL (${referring})) AS s ${page}`;
  // A cast of each payload would take a third of the time of a page.
  const text = `SELECT position, payload AS text FROM (${any ? either : own}) AS page`;
  return { ...nameOf(search, filters), text, values, unparsed: true };
}

type Bind = (value: unknown) => string;
type OfAlias = (alias: string) => string;

interface Filters {
  /** An agent or an activity: its alias, and what must hold for the index entry of that alias. */
  readonly terms: readonly { readonly alias: string; readonly condition: string }[];
  /** The verb or the registration. */
  readonly columns: readonly { readonly column: string; readonly value: string }[];
}

function filtersOf({ agent, activity, verbKey, registration }: StatementSearch, bind: Bind): Filters {
  const terms = Object.entries({ agent, activity }).flatMap(([name, term]) => {
    if (!term) return [];
    const alias = `by_${name}`;
    return [{ alias, condition: `${alias}.key = ${bind(term.key)}${term.related ? '' : ` AND ${alias}.narrow`}` }];
  });
  const columns = Object.entries({ verb_key: verbKey, registration }).flatMap(([column, value]) =>
    value === undefined ? [] : [{ column, value: bind(value) }],
  );
  return { terms, columns };
}

/** To be said of each table: the planner does not conclude from equal positions that they have the same bounds. */
function positionRange({ since, until, after, ascending }: StatementSearch, bind: Bind): OfAlias {
  const bounds: [operator: string, parameter: string][] = [];
  if (since !== undefined) bounds.push(['>=', bind(positionAt(since + 1))]);
  if (until !== undefined) bounds.push(['<', bind(positionAt(until + 1))]);
  if (after !== undefined) bounds.push([ascending ? '>' : '<', bind(after)]);
  return (alias) =>
    bounds.map(([operator, parameter]) => `${alias}.position ${operator} ${parameter}::bigint`).join(' AND ') || 'TRUE';
}

/**
 * Leaves of statements `s` those that the authority asserted. Beside other filters it is only probed, as it holds for many:
 * a scalar subquery is never what the planner starts from.
 */
function assertedOnly(
  { assertedBy }: StatementSearch,
  besideFilters: boolean,
  range: OfAlias,
  bind: Bind,
): { join: string; condition: string } {
  if (assertedBy === undefined) return { join: '', condition: 'TRUE' };
  const matches = `mine.organization_id = $1 AND mine.position = s.position AND mine.key = ${bind(assertedBy)}`;
  return besideFilters
    ? { join: '', condition: `(SELECT true FROM statement_terms mine WHERE ${matches})` }
    : { join: `JOIN statement_terms mine ON ${matches} AND ${range('mine')}`, condition: 'TRUE' };
}

/** Terms are joined, not probed by EXISTS: their key makes the join unique, and the planner may start from their index. */
const ownJoins = ({ terms }: Filters, range: OfAlias): string =>
  terms
    .map(
      ({ alias, condition }) =>
        `JOIN statement_terms ${alias}
           ON ${alias}.organization_id = $1 AND ${alias}.position = s.position AND ${condition} AND ${range(alias)}`,
    )
    .join(' ');

const ownColumns = ({ columns }: Filters): string[] => columns.map(({ column, value }) => `s.${column} = ${value}`);

/** All filters must hold for one and the same statement that `s` leads to. */
function referringJoins({ terms, columns }: Filters, range: OfAlias): string {
  const tables = terms.map(({ alias, condition }) => ({ table: 'statement_reference_terms', alias, condition }));
  if (columns.length > 0) {
    const condition = columns.map(({ column, value }) => `r.${column} = ${value}`).join(' AND ');
    tables.push({ table: 'statement_references', alias: 'r', condition });
  }
  const [first] = tables;
  return tables
    .map(({ table, alias, condition }) => {
      const sameTarget =
        alias === first!.alias ? '' : ` AND ${alias}.target_position = ${first!.alias}.target_position`;
      return `JOIN ${table} ${alias}
                ON ${alias}.organization_id = $1 AND ${alias}.position = s.position AND ${condition}${sameTarget}
               AND ${range(alias)}`;
    })
    .join(' ');
}

/**
 * A search by one filter has one sensible plan, which is made once. Of several, the planner chooses each time which is the
 * rarest.
 */
function nameOf(search: StatementSearch, { terms, columns }: Filters): { name?: string } {
  if (terms.length + columns.length > 1) return {};
  const { agent, activity, ascending, limit: _, ...others } = search;
  const given = [
    ...(agent ? [agent.related ? 'related agent' : 'agent'] : []),
    ...(activity ? [activity.related ? 'related activity' : 'activity'] : []),
    ...Object.keys(others).sort(),
    ...(ascending ? ['ascending'] : []),
  ];
  return { name: `list ${given.join(' ')}` };
}
