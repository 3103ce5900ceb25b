import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

/** Exports with an eye on what they tell of people, in the organization of the current unit of work. */
@Injectable()
export class ExportErasureStore {
  constructor(private readonly sql: Sql) {}

  /** Exports that have a file, or are to get one. */
  async countFiles(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM statement_exports
        WHERE organization_id = $1 AND status IN ('QUEUED', 'RUNNING', 'DONE')`,
      [organizationId],
    );
    return row!.count;
  }

  /** What was asked for, where it was not everything. */
  filters(organizationId: string): Promise<{ id: string; filter: string }[]> {
    return this.sql.query<{ id: string; filter: string }>(
      'SELECT id, filter FROM statement_exports WHERE organization_id = $1 AND filter IS NOT NULL ORDER BY id',
      [organizationId],
    );
  }

  async setFilter(organizationId: string, id: string, filter: string): Promise<void> {
    await this.sql.query('UPDATE statement_exports SET filter = $3 WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
      filter,
    ]);
  }

  /** Ids of exports that are over, and of whose file something may still be in the storage. */
  async withLeftovers(organizationId: string): Promise<string[]> {
    const rows = await this.sql.query<{ id: string }>(
      `SELECT id FROM statement_exports e
        WHERE organization_id = $1 AND status NOT IN ('QUEUED', 'RUNNING', 'DONE')
          AND (in_hand
            OR EXISTS (SELECT FROM statement_export_parts p WHERE p.organization_id = $1 AND p.export_id = e.id))`,
      [organizationId],
    );
    return rows.map(({ id }) => id);
  }
}
