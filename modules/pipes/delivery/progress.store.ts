import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { PipeFilter, PipeProgress } from '../pipe.js';
import type { TargetSettings } from '../targets/targets.js';

/** What a delivery goes by; read anew before each batch, so that changes count at once. */
export interface Assignment {
  readonly pipeId: string;
  readonly target: TargetSettings;
  readonly filter: PipeFilter;
  readonly paused: boolean;
  /** Sealed. */
  readonly secret: string;
  readonly position: string;
  /** Most statements of one request: as the pipe says, or fewer after a target that found them too large. */
  readonly batchLimit: number;
  readonly failures: number;
  readonly nextAttemptAt: Date | null;
  /** Milliseconds that the target took to answer last. */
  readonly lastTook: number;
}

/** What came of a batch or a part of it. */
export interface Outcome {
  /** Where the pipe stood when the batch was read: when it has been set elsewhere meanwhile, nothing is written. */
  readonly from: string;
  /** Up to where everything is dealt with; the same as from for a second try at dead letters. */
  readonly to: string;
  readonly delivered: number;
  /** Limit of statements a request from now on. */
  readonly batchLimit: number;
  readonly took: number;
}

export interface Failure {
  readonly failures: number;
  readonly message: string;
  readonly nextAttemptAt: Date;
  readonly took: number;
}

/** Where pipes stand and how they fare. In the organization of the current unit of work. */
@Injectable()
export class ProgressStore {
  constructor(private readonly sql: Sql) {}

  async assignment(organizationId: string, pipeId: string): Promise<Assignment | undefined> {
    const [row] = await this.sql.query<Assignment>(
      `SELECT p.id AS "pipeId", p.target, p.filter, p.paused, p.secret, g.position::text AS position,
              least(g.batch_limit, p.batch_size) AS "batchLimit", g.failures, g.next_attempt_at AS "nextAttemptAt",
              g.last_took AS "lastTook"
         FROM pipes p JOIN pipe_progress g ON g.organization_id = p.organization_id AND g.pipe_id = p.id
        WHERE p.organization_id = $1 AND p.id = $2`,
      [organizationId, pipeId],
    );
    return row;
  }

  /** @returns whether the pipe still stood where the batch began */
  async settle(organizationId: string, pipeId: string, outcome: Outcome): Promise<boolean> {
    const { from, to, delivered, batchLimit, took } = outcome;
    const rows = await this.sql.query(
      `UPDATE pipe_progress SET position = $4, delivered = delivered + $5, batch_limit = $6, last_took = $7,
              last_success_at = CASE WHEN $5 > 0 THEN now() ELSE last_success_at END,
              failures = CASE WHEN $5 > 0 THEN 0 ELSE failures END,
              next_attempt_at = CASE WHEN $5 > 0 THEN NULL ELSE next_attempt_at END
        WHERE organization_id = $1 AND pipe_id = $2 AND position = $3 RETURNING pipe_id`,
      [organizationId, pipeId, from, to, delivered, batchLimit, took],
    );
    return rows.length > 0;
  }

  /** Nobody else changes it until the unit of work ends. */
  async lock(organizationId: string, pipeId: string): Promise<void> {
    await this.sql.query('SELECT FROM pipe_progress WHERE organization_id = $1 AND pipe_id = $2 FOR UPDATE', [
      organizationId,
      pipeId,
    ]);
  }

  async fail(organizationId: string, pipeId: string, failure: Failure): Promise<void> {
    const { failures, message, nextAttemptAt, took } = failure;
    await this.sql.query(
      `UPDATE pipe_progress SET failures = $3, last_error = $4, next_attempt_at = $5, last_took = $6, last_failure_at = now()
        WHERE organization_id = $1 AND pipe_id = $2`,
      [organizationId, pipeId, failures, message, nextAttemptAt, took],
    );
  }

  /** Goes on from there, at once. */
  async moveTo(organizationId: string, pipeId: string, position: string): Promise<void> {
    await this.sql.query(
      'UPDATE pipe_progress SET position = $3, next_attempt_at = NULL WHERE organization_id = $1 AND pipe_id = $2',
      [organizationId, pipeId, position],
    );
  }

  /** Waits for nothing any more. */
  async hurry(organizationId: string, pipeId: string): Promise<void> {
    await this.sql.query(
      'UPDATE pipe_progress SET next_attempt_at = NULL WHERE organization_id = $1 AND pipe_id = $2',
      [organizationId, pipeId],
    );
  }

  /** Pipes that new statements are for: those that are paused, or wait after a failure, come to them later. */
  async ready(organizationId: string): Promise<string[]> {
    const rows = await this.sql.query<{ id: string }>(
      `SELECT p.id FROM pipes p JOIN pipe_progress g ON g.organization_id = p.organization_id AND g.pipe_id = p.id
        WHERE p.organization_id = $1 AND NOT p.paused AND (g.next_attempt_at IS NULL OR g.next_attempt_at <= now())`,
      [organizationId],
    );
    return rows.map(({ id }) => id);
  }

  async progress(organizationId: string, pipeIds: readonly string[]): Promise<PipeProgress[]> {
    const rows = await this.sql.query<NullableProgress>(
      `SELECT g.pipe_id AS "pipeId", g.position::text AS position, g.delivered::float8 AS delivered, g.failures,
              g.last_success_at AS "lastSuccessAt", g.last_failure_at AS "lastFailureAt", g.last_error AS "lastError",
              g.next_attempt_at AS "nextAttemptAt",
              (SELECT count(*)::int FROM pipe_dead_letters d
                WHERE d.organization_id = g.organization_id AND d.pipe_id = g.pipe_id) AS "deadLetters"
         FROM pipe_progress g WHERE g.organization_id = $1 AND g.pipe_id = ANY ($2::uuid[])`,
      [organizationId, pipeIds],
    );
    return rows.map(({ lastSuccessAt, lastFailureAt, lastError, nextAttemptAt, ...rest }) => ({
      ...rest,
      lastSuccessAt: lastSuccessAt ?? undefined,
      lastFailureAt: lastFailureAt ?? undefined,
      lastError: lastError ?? undefined,
      nextAttemptAt: nextAttemptAt ?? undefined,
    }));
  }

  /** Puts another sealed form of the same secret in its place, unless it was changed meanwhile. */
  async reseal(organizationId: string, pipeId: string, from: string, to: string): Promise<void> {
    await this.sql.query('UPDATE pipes SET secret = $4 WHERE organization_id = $1 AND id = $2 AND secret = $3', [
      organizationId,
      pipeId,
      from,
      to,
    ]);
  }
}

/** A row as PostgreSQL gives it. */
type NullableProgress = {
  [Name in keyof PipeProgress]: undefined extends PipeProgress[Name]
    ? Exclude<PipeProgress[Name], undefined> | null
    : PipeProgress[Name];
};
