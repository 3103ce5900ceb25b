import { Injectable } from '@nestjs/common';
import { Sql } from '../../src/platform/database/sql.js';

/** Remembered answers of mutations, in the organization of the current unit of work. */
@Injectable()
export class IdempotencyErasureStore {
  constructor(private readonly sql: Sql) {}

  /** The next ones after a key. */
  answers(
    organizationId: string,
    after: string | undefined,
    limit: number,
  ): Promise<{ key: string; response: string }[]> {
    return this.sql.query(
      `SELECT key, coalesce(response::text, '') AS response FROM idempotency_keys
        WHERE organization_id = $1 AND ($2::text IS NULL OR key > $2) ORDER BY key LIMIT $3`,
      [organizationId, after ?? null, limit],
    );
  }

  async forget(organizationId: string, keys: readonly string[]): Promise<void> {
    await this.sql.query('DELETE FROM idempotency_keys WHERE organization_id = $1 AND key = ANY ($2)', [
      organizationId,
      keys,
    ]);
  }
}
