import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { PipeFilter } from '../pipe.js';
import type { TargetSettings } from '../targets/targets.js';

/** What erasing somebody needs to know of a pipe. */
export interface TouchedPipe {
  readonly id: string;
  readonly name: string;
  readonly target: TargetSettings;
  readonly filter: PipeFilter;
  readonly position: string;
  readonly delivered: number;
}

/** A text that a target has sent. */
interface Told {
  readonly pipeId: string;
  readonly position: string;
  readonly answer: string;
}

/** Pipes with an eye on what they know of people, in the organization of the current unit of work. */
@Injectable()
export class PipeErasureStore {
  constructor(private readonly sql: Sql) {}

  all(organizationId: string): Promise<TouchedPipe[]> {
    return this.sql.query<TouchedPipe>(
      `SELECT p.id, p.name, p.target, p.filter, g.position::text AS position, g.delivered::float8 AS delivered
         FROM pipes p JOIN pipe_progress g ON g.organization_id = p.organization_id AND g.pipe_id = p.id
        WHERE p.organization_id = $1 ORDER BY p.id`,
      [organizationId],
    );
  }

  /** Its settings are another revision then: who has read them before cannot write the old ones back. */
  async setFilter(organizationId: string, pipeId: string, filter: PipeFilter): Promise<void> {
    await this.sql.query(
      `UPDATE pipes SET filter = $3, revision = revision + 1, updated_at = now() WHERE organization_id = $1 AND id = $2`,
      [organizationId, pipeId, JSON.stringify(filter)],
    );
  }

  /** The next dead letters after a place that have an answer. */
  answers(
    organizationId: string,
    after: Pick<Told, 'pipeId' | 'position'> | undefined,
    limit: number,
  ): Promise<Told[]> {
    return this.sql.query<Told>(
      `SELECT pipe_id AS "pipeId", position::text AS position, answer FROM pipe_dead_letters
        WHERE organization_id = $1 AND answer <> '' AND ($2::uuid IS NULL OR (pipe_id, position) > ($2, $3))
        ORDER BY pipe_id, position LIMIT $4`,
      [organizationId, after?.pipeId ?? null, after?.position ?? null, limit],
    );
  }

  async clearAnswers(organizationId: string, letters: readonly Pick<Told, 'pipeId' | 'position'>[]): Promise<void> {
    await this.sql.query(
      `UPDATE pipe_dead_letters d SET answer = '' FROM unnest($2::uuid[], $3::bigint[]) AS cleared (pipe_id, position)
        WHERE d.organization_id = $1 AND d.pipe_id = cleared.pipe_id AND d.position = cleared.position`,
      [organizationId, letters.map(({ pipeId }) => pipeId), letters.map(({ position }) => position)],
    );
  }

  /** Of the statements at the positions. */
  deadLetters(organizationId: string, positions: readonly string[]): Promise<Told[]> {
    return this.sql.query<Told>(
      `SELECT pipe_id AS "pipeId", position::text AS position, answer FROM pipe_dead_letters
        WHERE organization_id = $1 AND position = ANY ($2::bigint[])`,
      [organizationId, positions],
    );
  }

  /**
   * Waits for outcomes of deliveries that are being written. Those that come later see that statements were rewritten, and
   * keep no answer to what they were before.
   */
  async lockProgress(organizationId: string): Promise<void> {
    await this.sql.query('SELECT FROM pipe_progress WHERE organization_id = $1 ORDER BY pipe_id FOR UPDATE', [
      organizationId,
    ]);
  }

  errors(organizationId: string): Promise<{ pipeId: string; error: string }[]> {
    return this.sql.query(
      `SELECT pipe_id AS "pipeId", last_error AS error FROM pipe_progress
        WHERE organization_id = $1 AND last_error IS NOT NULL`,
      [organizationId],
    );
  }

  async setError(organizationId: string, pipeIds: readonly string[], error: string): Promise<void> {
    await this.sql.query(
      'UPDATE pipe_progress SET last_error = $3 WHERE organization_id = $1 AND pipe_id = ANY ($2::uuid[])',
      [organizationId, pipeIds, error],
    );
  }
}
