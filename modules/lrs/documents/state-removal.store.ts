import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

/** Which State documents. Everything that is given must hold. Keys: see termKey. */
export interface StateFilter {
  readonly activityKeys?: readonly string[] | undefined;
  readonly agentKeys?: readonly string[] | undefined;
  readonly registrations?: readonly string[] | undefined;
  /** Under any registration, or under none. */
  readonly registered?: boolean | undefined;
  readonly changedBefore?: Date | undefined;
  readonly changedSince?: Date | undefined;
}

/** State documents that a filter finds and no other filter does. */
export interface StateSelection {
  readonly filter: StateFilter;
  readonly except: readonly StateFilter[];
}

export interface StateSummary {
  readonly count: number;
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
  /** By the year, in UTC, in which they were changed last. */
  readonly years: readonly { readonly year: number; readonly count: number }[];
}

/** In the place of the agent or the activity of a profile. */
const NONE = '00000000-0000-0000-0000-000000000000';

const KEYS = 'd.agent_key, d.activity_key, d.key';

/**
 * State documents by their age, in the organization of the current unit of work. No index has their age, since each change
 * of a document would change it, too: they are looked through in the order of the primary key.
 */
@Injectable()
export class StateRemovalStore {
  constructor(private readonly sql: Sql) {}

  async summary(organizationId: string, selection: StateSelection): Promise<StateSummary> {
    const { where, parameters } = conditionsOf(organizationId, selection);
    const rows = await this.sql.query<{ year: number; count: number; oldest: Date; newest: Date }>(
      `SELECT extract(year FROM d.updated AT TIME ZONE 'UTC')::int AS year, count(*)::float8 AS count,
              min(d.updated) AS oldest, max(d.updated) AS newest
         FROM documents d WHERE ${where} GROUP BY 1 ORDER BY 1`,
      parameters,
    );
    return {
      count: rows.reduce((sum, { count }) => sum + count, 0),
      oldest: rows.at(0)?.oldest,
      newest: rows.at(-1)?.newest,
      years: rows.map(({ year, count }) => ({ year, count })),
    };
  }

  /**
   * Deletes the selected ones among the next documents. A document that is being changed at the moment stays.
   *
   * @param after what the call before returned; undefined for the first
   * @param limit how many documents are looked at
   * @returns how many there were; where to go on, undefined at the end
   */
  async removeSome(
    organizationId: string,
    selection: StateSelection,
    after: string | undefined,
    limit: number,
  ): Promise<{ removed: number; next: string | undefined }> {
    const { where, parameters } = conditionsOf(organizationId, selection);
    const place = parameters.push((after ?? [NONE, NONE, NONE].join(' ')).split(' '));
    const [row] = await this.sql.query<{ removed: number; looked: number; next: string | null }>(
      `WITH looked AS MATERIALIZED (
         SELECT ${KEYS} FROM documents d
          WHERE d.organization_id = $1 AND (${KEYS}) > (($${place}::uuid[])[1], ($${place}::uuid[])[2], ($${place}::uuid[])[3])
          ORDER BY ${KEYS} LIMIT ${limit}),
       gone AS (
         DELETE FROM documents d USING looked l
          WHERE ${where} AND d.agent_key = l.agent_key AND d.activity_key = l.activity_key AND d.key = l.key
         RETURNING 1)
       SELECT (SELECT count(*)::int FROM gone) AS removed, (SELECT count(*)::int FROM looked) AS looked,
              (SELECT concat_ws(' ', ${KEYS}) FROM looked d ORDER BY ${KEYS.replaceAll(',', ' DESC,')} DESC LIMIT 1) AS next`,
      parameters,
    );
    const { removed, looked, next } = row!;
    return { removed, next: looked < limit ? undefined : (next ?? undefined) };
  }
}

function conditionsOf(
  organizationId: string,
  { filter, except }: StateSelection,
): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [organizationId];
  const bind = (value: unknown) => `$${parameters.push(value)}`;
  const all = [
    'd.organization_id = $1',
    `d.agent_key <> '${NONE}' AND d.activity_key <> '${NONE}'`,
    conditionOf(filter, bind),
    ...except.map((other) => `(${conditionOf(other, bind)}) IS NOT TRUE`),
  ];
  return { where: all.join(' AND '), parameters };
}

function conditionOf(filter: StateFilter, bind: (value: unknown) => string): string {
  const { activityKeys, agentKeys, registrations, registered, changedBefore, changedSince } = filter;
  const all = ['TRUE'];
  if (activityKeys) all.push(`d.activity_key = ANY (${bind(activityKeys)}::uuid[])`);
  if (agentKeys) all.push(`d.agent_key = ANY (${bind(agentKeys)}::uuid[])`);
  if (registrations) all.push(`d.registration = ANY (${bind(registrations)}::uuid[])`);
  if (registered !== undefined) all.push(`d.registration IS ${registered ? 'NOT NULL' : 'NULL'}`);
  if (changedBefore) all.push(`d.updated < ${bind(changedBefore)}::timestamptz`);
  if (changedSince) all.push(`d.updated >= ${bind(changedSince)}::timestamptz`);
  return all.join(' AND ');
}
