import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { Importer } from './statement-import.js';

/** What of an import may tell who somebody is. */
export interface ImportTexts {
  readonly id: string;
  readonly fileName: string | null;
  readonly importer: Importer;
  readonly error: string | null;
}

export interface RefusalTexts {
  readonly importId: string;
  readonly line: string;
  /** Message and path. */
  readonly text: string;
}

/** Imports with an eye on what they tell of people, in the organization of the current unit of work. */
@Injectable()
export class ImportErasureStore {
  constructor(private readonly sql: Sql) {}

  /** Whether an import that was asked for before the time has not ended. */
  async hasOpen(organizationId: string, before: Date): Promise<boolean> {
    const rows = await this.sql.query(
      `SELECT FROM statement_imports
        WHERE organization_id = $1 AND status IN ('QUEUED', 'RUNNING') AND created_at < $2 LIMIT 1`,
      [organizationId, before],
    );
    return rows.length > 0;
  }

  /** The next ones after an id that have ended: who asks for it is needed until then. */
  imports(organizationId: string, after: string | undefined, limit: number): Promise<ImportTexts[]> {
    return this.sql.query<ImportTexts>(
      `SELECT id, file_name AS "fileName", principal AS importer, error FROM statement_imports
        WHERE organization_id = $1 AND status NOT IN ('QUEUED', 'RUNNING') AND ($2::uuid IS NULL OR id > $2)
        ORDER BY id LIMIT $3`,
      [organizationId, after ?? null, limit],
    );
  }

  async rewrite(organizationId: string, { id, fileName, importer, error }: ImportTexts): Promise<void> {
    await this.sql.query(
      'UPDATE statement_imports SET file_name = $3, principal = $4, error = $5 WHERE organization_id = $1 AND id = $2',
      [organizationId, id, fileName, JSON.stringify(importer), error],
    );
  }

  refusals(
    organizationId: string,
    after: Pick<RefusalTexts, 'importId' | 'line'> | undefined,
    limit: number,
  ): Promise<RefusalTexts[]> {
    return this.sql.query<RefusalTexts>(
      `SELECT import_id AS "importId", line::text AS line, message || ' ' || array_to_string(path, ' ') AS text
         FROM statement_import_refusals
        WHERE organization_id = $1 AND ($2::uuid IS NULL OR (import_id, line) > ($2, $3))
        ORDER BY import_id, line LIMIT $4`,
      [organizationId, after?.importId ?? null, after?.line ?? null, limit],
    );
  }

  async clearRefusals(
    organizationId: string,
    refusals: readonly Pick<RefusalTexts, 'importId' | 'line'>[],
  ): Promise<void> {
    await this.sql.query(
      `UPDATE statement_import_refusals r SET message = '', path = '{}'
         FROM unnest($2::uuid[], $3::bigint[]) AS cleared (import_id, line)
        WHERE r.organization_id = $1 AND r.import_id = cleared.import_id AND r.line = cleared.line`,
      [organizationId, refusals.map(({ importId }) => importId), refusals.map(({ line }) => line)],
    );
  }
}
