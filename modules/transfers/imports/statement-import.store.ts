import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { Place } from './ndjson-lines.js';
import type { ImportCounts, Importer, ImportStatus, Refusal, StatementImport } from './statement-import.js';

interface ImportRow {
  readonly id: string;
  readonly fileName: string | null;
  readonly bytes: string;
  readonly sha256: string;
  readonly status: ImportStatus;
  readonly attempts: number;
  readonly lines: string;
  readonly offset: string;
  readonly progress: number;
  readonly stored: string;
  readonly refused: string;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

interface RefusalRow extends Omit<Refusal, 'line' | 'statementId'> {
  readonly line: string;
  readonly statementId: string | null;
}

const COLUMNS = `id, file_name AS "fileName", bytes, sha256, status, attempts, lines, text_offset AS "offset", progress, stored,
  refused, error, created_at AS "createdAt", finished_at AS "finishedAt"`;
const OWN = `organization_id = current_setting('lectern.organization_id')::uuid`;

/** Every query on imports of statements. */
@Injectable()
export class StatementImportStore {
  constructor(private readonly sql: Sql) {}

  async add(
    wanted: Pick<StatementImport, 'id' | 'fileName' | 'bytes' | 'sha256'>,
    importer: Importer,
  ): Promise<StatementImport> {
    const { id, fileName, bytes, sha256 } = wanted;
    const [row] = await this.sql.query<ImportRow>(
      `INSERT INTO statement_imports (organization_id, id, file_name, principal, bytes, sha256, status)
       VALUES (current_setting('lectern.organization_id')::uuid, $1, $2, $3, $4, $5, 'QUEUED') RETURNING ${COLUMNS}`,
      [id, fileName ?? null, JSON.stringify(importer), bytes, sha256],
    );
    return toImport(row!);
  }

  find(id: string): Promise<StatementImport | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM statement_imports WHERE ${OWN} AND id = $1`, [id]);
  }

  async importerOf(id: string): Promise<Importer> {
    const [row] = await this.sql.query<{ principal: Importer }>(
      `SELECT principal FROM statement_imports WHERE ${OWN} AND id = $1`,
      [id],
    );
    return row!.principal;
  }

  /** The newest first. */
  async page(request: PageRequest): Promise<Page<StatementImport> | ValidationFailed> {
    const keyset = Keyset.of<StatementImport>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<ImportRow>(
      `SELECT ${COLUMNS} FROM statement_imports WHERE ${OWN} AND ${keyset.where(1)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      keyset.parameters,
    );
    return keyset.page(rows.map(toImport));
  }

  async count(): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM statement_imports WHERE ${OWN}`,
    );
    return row!.count;
  }

  /** Begins an attempt; undefined when the import has ended. */
  begin(id: string): Promise<StatementImport | undefined> {
    return this.one(
      `UPDATE statement_imports SET status = 'RUNNING', attempts = attempts + 1
        WHERE ${OWN} AND id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${COLUMNS}`,
      [id],
    );
  }

  /**
   * Moves the checkpoint. An attempt that got so far starts a new count of attempts: only those that get nowhere end it.
   *
   * @returns undefined when the import has been cancelled
   */
  advance(
    id: string,
    { lines, offset }: Place,
    progress: number,
    added: ImportCounts,
  ): Promise<StatementImport | undefined> {
    return this.one(
      `UPDATE statement_imports
          SET lines = $2, text_offset = $3, progress = $4, stored = stored + $5, refused = refused + $6,
              attempts = 1, error = NULL
        WHERE ${OWN} AND id = $1 AND status = 'RUNNING' RETURNING ${COLUMNS}`,
      [id, lines, offset, progress, added.stored, added.refused],
    );
  }

  async addRefusals(id: string, refusals: readonly Refusal[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO statement_import_refusals (organization_id, import_id, line, statement_id, code, message, path)
       SELECT current_setting('lectern.organization_id')::uuid, $1, line, "statementId", code, message, path
         FROM json_to_recordset($2) AS refusal (line bigint, "statementId" text, code text, message text, path text[])
       ON CONFLICT DO NOTHING`,
      [id, JSON.stringify(refusals)],
    );
  }

  /** In the order of the file. */
  async refusals(id: string, request: PageRequest): Promise<Page<Refusal> | ValidationFailed> {
    const keyset = Keyset.of<Refusal>(request, {
      columns: [{ expression: 'line', type: 'bigint', value: ({ line }) => line }],
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<RefusalRow>(
      `SELECT line, statement_id AS "statementId", code, message, path FROM statement_import_refusals
        WHERE ${OWN} AND import_id = $1 AND ${keyset.where(2)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [id, ...keyset.parameters],
    );
    return keyset.page(rows.map(toRefusal));
  }

  async countRefusals(id: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM statement_import_refusals WHERE ${OWN} AND import_id = $1`,
      [id],
    );
    return row!.count;
  }

  /** Ends it, unless it has ended. */
  end(id: string, status: 'DONE' | 'FAILED' | 'CANCELLED', error?: string): Promise<StatementImport | undefined> {
    return this.one(
      `UPDATE statement_imports
          SET status = $2, error = $3, finished_at = now(), progress = CASE WHEN $2 = 'DONE' THEN 100 ELSE progress END
        WHERE ${OWN} AND id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${COLUMNS}`,
      [id, status, error ?? null],
    );
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  async pause(id: string, error: string | undefined): Promise<void> {
    await this.sql.query(
      `UPDATE statement_imports SET status = 'QUEUED', error = $2 WHERE ${OWN} AND id = $1 AND status = 'RUNNING'`,
      [id, error ?? null],
    );
  }

  private async one(text: string, parameters: readonly unknown[]): Promise<StatementImport | undefined> {
    const [row] = await this.sql.query<ImportRow>(text, parameters);
    return row && toImport(row);
  }
}

function toImport(row: ImportRow): StatementImport {
  const { id, sha256, status, attempts, progress, createdAt } = row;
  return {
    id,
    sha256,
    status,
    attempts,
    progress,
    createdAt,
    fileName: row.fileName ?? undefined,
    bytes: Number(row.bytes),
    checkpoint: { lines: Number(row.lines), offset: Number(row.offset) },
    counts: { stored: Number(row.stored), refused: Number(row.refused) },
    error: row.error ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
  };
}

const toRefusal = ({ line, statementId, ...rest }: RefusalRow): Refusal => ({
  ...rest,
  line: Number(line),
  statementId: statementId ?? undefined,
});
