import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

/** A statement of a registration, and what has become of it. */
export interface RecordedStatement {
  /** Its place in the order of storage; storedAt tells the time. */
  readonly position: string;
  readonly id: string;
  readonly text: string;
  /** Place of the statement that voids it. */
  readonly voidedAt: string | null;
}

/** Registrations that have changed, and up to where the list of statements was searched for them. */
export interface ChangedRegistrations {
  readonly registrations: readonly string[];
  /** The last position that was looked at; undefined when there was none. */
  readonly last: string | undefined;
}

/** What lies after a position. */
export interface StatementBacklog {
  /** Counted up to the limit that was asked for. */
  readonly statements: number;
  /** Position of the first; undefined when there is none. */
  readonly first: string | undefined;
}

const RECORDED = `SELECT s.position::text AS position, s.id, s.payload::text AS text,
       (SELECT max(v.position)::text FROM statement_targets v
         WHERE v.organization_id = $1 AND v.target_id = s.id AND v.voiding AND NOT s.voiding) AS "voidedAt"
  FROM statements s`;

/** What projections of statements read, inside a unit of work. */
@Injectable()
export class StatementHistory {
  constructor(private readonly sql: Sql) {}

  /**
   * From now until the unit of work ends, plans do not depend on the organization: one that statistics do not know yet would be
   * taken for empty, and everything that it has be read to find a few statements of it.
   */
  async planForAnyOrganization(): Promise<void> {
    await this.sql.query(`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`);
  }

  /** Statements before this position can neither appear any more nor be missed by a query that comes later. */
  async completeBefore(organizationId: string): Promise<string> {
    const [row] = await this.sql.query<{ position: string }>(
      'SELECT (statements_complete_until($1) * 1000000)::text AS position',
      [organizationId],
    );
    return row!.position;
  }

  /** Whether there is a statement after the position. */
  async hasAny(organizationId: string, after: string): Promise<boolean> {
    const rows = await this.sql.query('SELECT FROM statements WHERE organization_id = $1 AND position > $2 LIMIT 1', [
      organizationId,
      after,
    ]);
    return rows.length > 0;
  }

  /**
   * Registrations of the next statements after one position and before another, and of statements that those void.
   *
   * @param limit how many statements are looked at
   */
  async changedRegistrations(
    organizationId: string,
    after: string,
    before: string,
    limit: number,
  ): Promise<ChangedRegistrations> {
    const news = await this.sql.query<{ position: string; registration: string | null; voids: string | null }>(
      `SELECT position::text AS position, registration, CASE WHEN voiding THEN target_id END AS voids FROM statements s
        WHERE organization_id = $1 AND s.position > $2 AND s.position < $3 ORDER BY s.position LIMIT $4`,
      [organizationId, after, before, limit],
    );
    const voided = await this.registrationsOf(
      organizationId,
      news.flatMap(({ voids }) => voids ?? []),
    );
    const registrations = [...news, ...voided].flatMap(({ registration }) => registration ?? []);
    return { registrations: [...new Set(registrations)].sort(), last: news.at(-1)?.position };
  }

  /** The next statements after one position and before another, voided ones too, in the order of storage. */
  page(organizationId: string, after: string, before: string, limit: number): Promise<RecordedStatement[]> {
    return this.sql.query<RecordedStatement>(
      `${RECORDED} WHERE s.organization_id = $1 AND s.position > $2 AND s.position < $3 ORDER BY s.position LIMIT $4`,
      [organizationId, after, before, limit],
    );
  }

  /** Positions of the next statements after one position and before another, in their order. */
  async positions(organizationId: string, after: string, before: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ position: string }>(
      `SELECT position::text AS position FROM statements s
        WHERE organization_id = $1 AND s.position > $2 AND s.position < $3 ORDER BY s.position LIMIT $4`,
      [organizationId, after, before, limit],
    );
    return rows.map(({ position }) => position);
  }

  /**
   * The first of those at the positions, as many as have so many bytes of text together, and at least one: a statement may be
   * as large as a body. What voids them counts when it was stored before the position given.
   */
  first(
    organizationId: string,
    positions: readonly string[],
    before: string,
    bytes: number,
  ): Promise<RecordedStatement[]> {
    return this.sql.query<RecordedStatement>(
      `SELECT position::text AS position, text, "voidedAt" FROM (
         SELECT *, sum(octet_length(text)) OVER (ORDER BY position) - octet_length(text) AS bytes_before FROM (
           SELECT s.position, s.payload::text AS text,
                  (SELECT max(v.position)::text FROM statement_targets v
                    WHERE v.organization_id = $1 AND v.target_id = s.id AND v.voiding AND NOT s.voiding
                      AND v.position < $3) AS "voidedAt"
             FROM statements s WHERE s.organization_id = $1 AND s.position = ANY ($2::bigint[])) AS found) AS measured
        WHERE bytes_before < $4 ORDER BY measured.position`,
      [organizationId, positions, before, bytes],
    );
  }

  /** How many there are after one position and before another; counting stops at the limit. */
  async count(organizationId: string, after: string, before: string, limit: number): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT FROM statements WHERE organization_id = $1 AND position > $2 AND position < $3 LIMIT $4) AS counted`,
      [organizationId, after, before, limit],
    );
    return row!.count;
  }

  /** All statements of a registration, in the order of storage. */
  ofRegistration(organizationId: string, registration: string): Promise<RecordedStatement[]> {
    return this.sql.query<RecordedStatement>(
      `${RECORDED} WHERE s.organization_id = $1 AND s.registration = $2 ORDER BY s.position`,
      [organizationId, registration],
    );
  }

  /** Those at the positions, voided ones too, in the order of storage. */
  at(organizationId: string, positions: readonly string[]): Promise<RecordedStatement[]> {
    return this.sql.query<RecordedStatement>(
      `${RECORDED} WHERE s.organization_id = $1 AND s.position = ANY ($2::bigint[]) ORDER BY s.position`,
      [organizationId, positions],
    );
  }

  /** Those with the ids, voided ones too, in the order of storage. */
  withIds(organizationId: string, ids: readonly string[]): Promise<RecordedStatement[]> {
    return this.sql.query<RecordedStatement>(
      `${RECORDED} JOIN statement_ids i ON i.organization_id = $1 AND i.position = s.position
        WHERE s.organization_id = $1 AND i.id = ANY ($2::uuid[]) ORDER BY s.position`,
      [organizationId, ids],
    );
  }

  /** Of the statements with the ids. Their places are asked for first: no plan can go through all statements for each id. */
  private async registrationsOf(
    organizationId: string,
    ids: readonly string[],
  ): Promise<{ registration: string | null }[]> {
    if (ids.length === 0) return [];
    const places = await this.sql.query<{ position: string }>(
      'SELECT position::text AS position FROM statement_ids WHERE organization_id = $1 AND id = ANY ($2::uuid[])',
      [organizationId, ids],
    );
    return this.sql.query<{ registration: string | null }>(
      'SELECT DISTINCT registration FROM statements WHERE organization_id = $1 AND position = ANY ($2::bigint[])',
      [organizationId, places.map(({ position }) => position)],
    );
  }

  /** What lies after each of the positions, in their order. @param limit how many statements are counted at most */
  async backlogs(organizationId: string, after: readonly string[], limit: number): Promise<StatementBacklog[]> {
    const rows = await this.sql.query<{ statements: number; first: string | null }>(
      `SELECT count(news.position)::int AS statements, min(news.position)::text AS first
         FROM unnest($2::bigint[]) WITH ORDINALITY AS asked (position, number)
         LEFT JOIN LATERAL (
           SELECT s.position FROM statements s
            WHERE s.organization_id = $1 AND s.position > asked.position ORDER BY s.position LIMIT $3) AS news ON true
        GROUP BY asked.number ORDER BY asked.number`,
      [organizationId, after, limit],
    );
    return rows.map(({ statements, first }) => ({ statements, first: first ?? undefined }));
  }
}
