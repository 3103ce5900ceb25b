import { Injectable } from '@nestjs/common';
import { Sql } from '../../database/sql.js';

/** A request as its key remembers it. */
export interface KeyedRequest {
  readonly organizationId: string;
  readonly key: string;
  readonly operation: string;
  readonly requestHash: Buffer;
}

export interface Remembered {
  readonly requestHash: Buffer;
  /** JSON text. */
  readonly response: string;
}

/** Queries over idempotency keys of the current unit of work's organization. */
@Injectable()
export class IdempotencyStore {
  constructor(private readonly sql: Sql) {}

  /**
   * Takes the key for this request. When another transaction is taking it at the moment, this waits for its end.
   *
   * @returns false when a request of the last 24 hours has it.
   */
  async claim({ organizationId, key, operation, requestHash }: KeyedRequest): Promise<boolean> {
    const rows = await this.sql.query(
      `INSERT INTO idempotency_keys AS known (organization_id, key, operation, request_hash) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organization_id, key) DO UPDATE
         SET operation = excluded.operation, request_hash = excluded.request_hash, response = NULL, created_at = now()
         WHERE known.created_at < now() - interval '24 hours'
       RETURNING key`,
      [organizationId, key, operation, requestHash],
    );
    return rows.length > 0;
  }

  async recall(organizationId: string, key: string): Promise<Remembered> {
    const rows = await this.sql.query<Remembered>(
      `SELECT request_hash AS "requestHash", response::text AS response FROM idempotency_keys
        WHERE organization_id = $1 AND key = $2`,
      [organizationId, key],
    );
    return rows[0]!;
  }

  async remember(organizationId: string, key: string, response: string): Promise<void> {
    await this.sql.query('UPDATE idempotency_keys SET response = $3 WHERE organization_id = $1 AND key = $2', [
      organizationId,
      key,
      response,
    ]);
  }

  /** Removes some keys that are older than 24 hours: more than one new key adds. */
  async forgetOld(organizationId: string): Promise<void> {
    await this.sql.query(
      `DELETE FROM idempotency_keys WHERE organization_id = $1 AND key IN (
         SELECT key FROM idempotency_keys
          WHERE organization_id = $1 AND created_at < now() - interval '24 hours'
          ORDER BY created_at LIMIT 20 FOR UPDATE SKIP LOCKED)`,
      [organizationId],
    );
  }
}
