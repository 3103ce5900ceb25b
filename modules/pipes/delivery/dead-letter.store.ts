import { Injectable } from '@nestjs/common';
import { Keyset } from '../../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { DeadLetter } from '../pipe.js';
import type { RefusedStatement } from './offer.js';

const COLUMNS = `d.position::text AS position, d.statement_id AS "statementId", d.reason, d.status, d.answer, d.attempts,
  d.failed_at AS "failedAt", d.retrying`;

/** All dead letters of a pipe, or those of some statements. */
export interface Chosen {
  readonly pipeId: string;
  readonly statementIds?: readonly string[] | null | undefined;
}

/** Statements that targets did not take. In the organization of the current unit of work. */
@Injectable()
export class DeadLetterStore {
  constructor(private readonly sql: Sql) {}

  /** Adds those that are new; of those that are there already, notes the latest answer. */
  async put(organizationId: string, pipeId: string, refused: readonly RefusedStatement[]): Promise<void> {
    if (refused.length === 0) return;
    const rows = refused.map(({ outgoing: { position, id }, refusal }) => ({ position, id, ...refusal }));
    await this.sql.query(
      `INSERT INTO pipe_dead_letters AS d (organization_id, pipe_id, position, statement_id, reason, status, answer)
       SELECT $1, $2, position, id, reason, status, answer
         FROM json_to_recordset($3) AS row (position bigint, id uuid, reason text, status integer, answer text)
       ON CONFLICT (organization_id, pipe_id, position) DO UPDATE
         SET reason = excluded.reason, status = excluded.status, answer = excluded.answer, attempts = d.attempts + 1,
             failed_at = now(), retrying = false`,
      [organizationId, pipeId, JSON.stringify(rows)],
    );
  }

  /** Removes those at the positions. */
  async remove(organizationId: string, pipeId: string, positions: readonly string[]): Promise<void> {
    await this.sql.query(
      `DELETE FROM pipe_dead_letters
        WHERE organization_id = $1 AND pipe_id = $2 AND position = ANY ($3::bigint[])`,
      [organizationId, pipeId, positions],
    );
  }

  /** Positions of those that wait to be tried again, the oldest first. */
  async toRetry(organizationId: string, pipeId: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ position: string }>(
      `SELECT position::text AS position FROM pipe_dead_letters d
        WHERE organization_id = $1 AND pipe_id = $2 AND retrying ORDER BY d.position LIMIT $3`,
      [organizationId, pipeId, limit],
    );
    return rows.map(({ position }) => position);
  }

  /** @returns how many */
  async retry(organizationId: string, { pipeId, statementIds }: Chosen): Promise<number> {
    const rows = await this.sql.query<{ count: number }>(
      `WITH marked AS (
         UPDATE pipe_dead_letters SET retrying = true
          WHERE organization_id = $1 AND pipe_id = $2 AND ($3::uuid[] IS NULL OR statement_id = ANY ($3::uuid[]))
         RETURNING 1)
       SELECT count(*)::int AS count FROM marked`,
      [organizationId, pipeId, statementIds ?? null],
    );
    return rows[0]!.count;
  }

  /** @returns how many */
  async skip(organizationId: string, { pipeId, statementIds }: Chosen): Promise<number> {
    const rows = await this.sql.query<{ count: number }>(
      `WITH gone AS (
         DELETE FROM pipe_dead_letters
          WHERE organization_id = $1 AND pipe_id = $2 AND ($3::uuid[] IS NULL OR statement_id = ANY ($3::uuid[]))
         RETURNING 1)
       SELECT count(*)::int AS count FROM gone`,
      [organizationId, pipeId, statementIds ?? null],
    );
    return rows[0]!.count;
  }

  /** In the order of storage. */
  async page(
    organizationId: string,
    pipeId: string,
    request: PageRequest,
  ): Promise<Page<DeadLetter> | ValidationFailed> {
    const keyset = Keyset.of<DeadLetter>(request, {
      columns: [{ expression: 'd.position', type: 'bigint', value: ({ position }) => position }],
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Omit<DeadLetter, 'status'> & { status: number | null }>(
      `SELECT ${COLUMNS} FROM pipe_dead_letters d
        WHERE d.organization_id = $1 AND d.pipe_id = $2 AND ${keyset.where(3)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, pipeId, ...keyset.parameters],
    );
    return keyset.page(rows.map(({ status, ...row }) => ({ ...row, status: status ?? undefined })));
  }

  async count(organizationId: string, pipeId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pipe_dead_letters WHERE organization_id = $1 AND pipe_id = $2',
      [organizationId, pipeId],
    );
    return row!.count;
  }
}
