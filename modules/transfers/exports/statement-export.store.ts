import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type {
  ExportCounts,
  ExportEnd,
  ExportFormatName,
  ExportOptions,
  ExportPart,
  ExportRequest,
  ExportStatus,
  StatementExport,
} from './statement-export.js';

interface ExportRow {
  readonly id: string;
  readonly format: ExportFormatName;
  readonly options: ExportOptions;
  readonly filter: string | null;
  readonly keepDays: number;
  readonly status: ExportStatus;
  readonly attempts: number;
  readonly inHand: boolean;
  readonly before: string | null;
  readonly expected: string | null;
  readonly position: string;
  readonly lookedAt: string;
  readonly statements: string;
  readonly bytes: string;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

interface PartRow {
  readonly number: number;
  readonly bytes: string;
  readonly closing: Buffer | null;
}

const COLUMNS = `id, format, options, filter, keep_days AS "keepDays", status, attempts, in_hand AS "inHand",
  before_position AS before, expected,
  position, looked_at AS "lookedAt", statements, bytes, error, created_at AS "createdAt", finished_at AS "finishedAt",
  expires_at AS "expiresAt"`;
const ORGANIZATION = `current_setting('lectern.organization_id')::uuid`;
const OWN = `organization_id = ${ORGANIZATION}`;
const UNDER_WAY = `status IN ('QUEUED', 'RUNNING')`;

/** Every query on exports of statements. */
@Injectable()
export class StatementExportStore {
  constructor(private readonly sql: Sql) {}

  async add(id: string, { format, options, filter, keepDays }: ExportRequest): Promise<StatementExport> {
    const added = await this.one(
      `INSERT INTO statement_exports (organization_id, id, format, options, filter, keep_days, status)
       VALUES (${ORGANIZATION}, $1, $2, $3, $4, $5, 'QUEUED') RETURNING ${COLUMNS}`,
      [id, format, JSON.stringify(options), filter ?? null, keepDays],
    );
    return added!;
  }

  find(id: string): Promise<StatementExport | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM statement_exports WHERE ${OWN} AND id = $1`, [id]);
  }

  /** The newest first. */
  async page(request: PageRequest): Promise<Page<StatementExport> | ValidationFailed> {
    const keyset = Keyset.of<StatementExport>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<ExportRow>(
      `SELECT ${COLUMNS} FROM statement_exports
        WHERE ${OWN} AND ${keyset.where(1)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      keyset.parameters,
    );
    return keyset.page(rows.map(toExport));
  }

  async count(): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM statement_exports WHERE ${OWN}`,
    );
    return row!.count;
  }

  /** Begins an attempt; undefined when the export has ended. */
  begin(id: string): Promise<StatementExport | undefined> {
    return this.one(
      `UPDATE statement_exports SET status = 'RUNNING', attempts = attempts + 1, in_hand = true
        WHERE ${OWN} AND id = $1 AND ${UNDER_WAY} RETURNING ${COLUMNS}`,
      [id],
    );
  }

  /** Fixes where it ends, unless that is fixed. */
  async setEnd(id: string, { before, expected }: ExportEnd): Promise<void> {
    await this.sql.query(
      `UPDATE statement_exports SET before_position = $2, expected = $3
        WHERE ${OWN} AND id = $1 AND before_position IS NULL`,
      [id, before, expected],
    );
  }

  /**
   * Moves the checkpoint behind another part. An attempt that got so far starts a new count of attempts: only those that get
   * nowhere end it.
   *
   * @returns undefined when the export has ended
   */
  async advance(id: string, part: ExportPart, counts: ExportCounts): Promise<StatementExport | undefined> {
    const { position, lookedAt, statements, bytes } = counts;
    const advanced = await this.one(
      `UPDATE statement_exports
          SET position = $2, looked_at = $3, statements = $4, bytes = $5, attempts = 1, error = NULL
        WHERE ${OWN} AND id = $1 AND status = 'RUNNING' RETURNING ${COLUMNS}`,
      [id, position, lookedAt, statements, bytes],
    );
    if (!advanced) return undefined;
    await this.sql.query(
      `INSERT INTO statement_export_parts (organization_id, export_id, number, bytes, closing)
       VALUES (${ORGANIZATION}, $1, $2, $3, $4)`,
      [id, part.number, part.bytes, part.closing ?? null],
    );
    return advanced;
  }

  /** In the order of the file. */
  async parts(id: string): Promise<ExportPart[]> {
    const rows = await this.sql.query<PartRow>(
      `SELECT number, bytes, closing FROM statement_export_parts WHERE ${OWN} AND export_id = $1 ORDER BY number`,
      [id],
    );
    return rows.map(({ number, bytes, closing }) => ({ number, bytes: Number(bytes), closing: closing ?? undefined }));
  }

  async removeParts(id: string): Promise<void> {
    await this.sql.query(`DELETE FROM statement_export_parts WHERE ${OWN} AND export_id = $1`, [id]);
  }

  /** Ends it, unless it has ended. */
  end(id: string, status: 'DONE' | 'FAILED', error?: string): Promise<StatementExport | undefined> {
    return this.one(
      `UPDATE statement_exports
          SET status = $2, error = $3, in_hand = false, finished_at = now(),
              expires_at = CASE WHEN $2 = 'DONE' THEN now() + make_interval(days => keep_days) END
        WHERE ${OWN} AND id = $1 AND ${UNDER_WAY} RETURNING ${COLUMNS}`,
      [id, status, error ?? null],
    );
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  async pause(id: string, error: string | undefined): Promise<void> {
    await this.sql.query(
      `UPDATE statement_exports SET status = 'QUEUED', error = $2 WHERE ${OWN} AND id = $1 AND status = 'RUNNING'`,
      [id, error ?? null],
    );
    await this.letGo(id);
  }

  /** No attempt stores anything any more, unless another one begins. */
  async letGo(id: string): Promise<void> {
    await this.sql.query(`UPDATE statement_exports SET in_hand = false WHERE ${OWN} AND id = $1 AND in_hand`, [id]);
  }

  /** From now on it has no file; ids of those that had one or were to get one. @param id all exports when it is undefined */
  async markDeleted(id?: string): Promise<string[]> {
    const rows = await this.sql.query<{ id: string }>(
      `UPDATE statement_exports SET status = 'DELETED', finished_at = coalesce(finished_at, now()), expires_at = NULL
        WHERE ${OWN} AND ($1::uuid IS NULL OR id = $1) AND status IN ('QUEUED', 'RUNNING', 'DONE') RETURNING id`,
      [id ?? null],
    );
    return rows.map((row) => row.id);
  }

  /** The same for one whose time is over. */
  async markExpired(id: string): Promise<void> {
    await this.sql.query(
      `UPDATE statement_exports SET status = 'EXPIRED'
        WHERE ${OWN} AND id = $1 AND status = 'DONE' AND expires_at <= now()`,
      [id],
    );
  }

  private async one(text: string, parameters: readonly unknown[]): Promise<StatementExport | undefined> {
    const [row] = await this.sql.query<ExportRow>(text, parameters);
    return row && toExport(row);
  }
}

function toExport(row: ExportRow): StatementExport {
  const { before, expected, position, lookedAt, statements, bytes, filter, error, finishedAt, expiresAt, ...rest } =
    row;
  return {
    ...rest,
    filter: filter ?? undefined,
    end: before === null ? undefined : { before, expected: Number(expected) },
    done: { position, lookedAt: Number(lookedAt), statements: Number(statements), bytes: Number(bytes) },
    error: error ?? undefined,
    finishedAt: finishedAt ?? undefined,
    expiresAt: expiresAt ?? undefined,
  };
}
