import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { PackageRow } from './package.entity.js';
import type { CoursePackage } from './package.js';

/** What is written when a package is asked for. */
export interface NewPackage extends Pick<CoursePackage, 'id' | 'versionId' | 'format' | 'options' | 'fileName'> {
  readonly recipe: string;
  readonly buildKey: string;
  readonly reporting: { readonly keyId: string; readonly expiresAt: Date } | undefined;
}

const COLUMNS = `id, version_id AS "versionId", format, options, file_name AS "fileName", status, progress, attempts, bytes,
  sha256, error, key_id AS "keyId", key_expires_at AS "keyExpiresAt", key_revoked_at AS "keyRevokedAt",
  created_at AS "createdAt", finished_at AS "finishedAt"`;
const OWN = `organization_id = current_setting('lectern.organization_id')::uuid`;

/** Every query on packages. */
@Injectable()
export class PackageStore {
  constructor(private readonly sql: Sql) {}

  /**
   * Adds a package, unless there is one already, or on its way, that has or gets the same bytes: then that one is the
   * answer. A later expiry of its key is noted.
   */
  async addOrFind(wanted: NewPackage): Promise<CoursePackage & { readonly added: boolean }> {
    const { id, versionId, format, options, fileName, recipe, buildKey, reporting } = wanted;
    // Updating on conflict, instead of doing nothing, locks the row and returns it.
    const [row] = await this.sql.query<PackageRow>(
      `INSERT INTO packages (organization_id, id, version_id, format, options, file_name, recipe, build_key, status, key_id,
                             key_expires_at)
       VALUES (current_setting('lectern.organization_id')::uuid, $1, $2, $3, $4, $5, $6, $7, 'QUEUED', $8, $9)
       ON CONFLICT (organization_id, build_key) WHERE status <> 'FAILED'
         DO UPDATE SET key_expires_at = excluded.key_expires_at
       RETURNING ${COLUMNS}`,
      [
        id,
        versionId,
        format,
        JSON.stringify(options),
        fileName,
        recipe,
        buildKey,
        reporting?.keyId ?? null,
        reporting?.expiresAt ?? null,
      ],
    );
    return { ...toPackage(row!), added: row!.id === id };
  }

  async find(id: string): Promise<CoursePackage | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM packages WHERE ${OWN} AND id = $1`, [id]);
  }

  /** The newest first. */
  async page(request: PageRequest, versionId: string | undefined): Promise<Page<CoursePackage> | ValidationFailed> {
    const keyset = Keyset.of<CoursePackage>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<PackageRow>(
      `SELECT ${COLUMNS} FROM packages
        WHERE ${OWN} AND ($1::uuid IS NULL OR version_id = $1) AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [versionId ?? null, ...keyset.parameters],
    );
    return keyset.page(rows.map(toPackage));
  }

  async count(versionId: string | undefined): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM packages WHERE ${OWN} AND ($1::uuid IS NULL OR version_id = $1)`,
      [versionId ?? null],
    );
    return row!.count;
  }

  /** How many keys of packages made to this recipe have been revoked. */
  async countRevokedKeys(versionId: string, recipe: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(DISTINCT key_id)::int AS count FROM packages
        WHERE ${OWN} AND version_id = $1 AND recipe = $2 AND key_revoked_at IS NOT NULL`,
      [versionId, recipe],
    );
    return row!.count;
  }

  /** Notes the revocation on every package that carries the key; the time of the first one stays. */
  async markKeyRevoked(keyId: string): Promise<void> {
    await this.sql.query(
      `UPDATE packages SET key_revoked_at = coalesce(key_revoked_at, now()) WHERE ${OWN} AND key_id = $1`,
      [keyId],
    );
  }

  /** Begins an attempt; undefined when the package is finished already. */
  async begin(id: string): Promise<CoursePackage | undefined> {
    return this.one(
      `UPDATE packages SET status = 'RUNNING', progress = 0, attempts = attempts + 1
        WHERE ${OWN} AND id = $1 AND status IN ('QUEUED', 'RUNNING') RETURNING ${COLUMNS}`,
      [id],
    );
  }

  async setProgress(id: string, progress: number): Promise<void> {
    await this.sql.query(`UPDATE packages SET progress = $2 WHERE ${OWN} AND id = $1 AND status = 'RUNNING'`, [
      id,
      progress,
    ]);
  }

  async finish(id: string, { bytes, sha256 }: { bytes: number; sha256: string }): Promise<void> {
    await this.sql.query(
      `UPDATE packages SET status = 'DONE', progress = 100, bytes = $2, sha256 = $3, error = NULL, finished_at = now()
        WHERE ${OWN} AND id = $1`,
      [id, bytes, sha256],
    );
  }

  /** An attempt came to nothing: for good, or until the next one. */
  async fail(id: string, error: string, { forGood }: { forGood: boolean }): Promise<void> {
    await this.sql.query(
      `UPDATE packages SET status = CASE WHEN $3 THEN 'FAILED' ELSE 'QUEUED' END, error = $2,
                           finished_at = CASE WHEN $3 THEN now() END
        WHERE ${OWN} AND id = $1`,
      [id, error, forGood],
    );
  }

  private async one(text: string, parameters: readonly unknown[]): Promise<CoursePackage | undefined> {
    const [row] = await this.sql.query<PackageRow>(text, parameters);
    return row && toPackage(row);
  }
}

function toPackage(row: PackageRow): CoursePackage {
  return {
    id: row.id,
    versionId: row.versionId,
    format: row.format,
    options: row.options,
    fileName: row.fileName,
    status: row.status,
    progress: row.progress,
    attempts: row.attempts,
    bytes: row.bytes === null ? undefined : Number(row.bytes),
    sha256: row.sha256 ?? undefined,
    error: row.error ?? undefined,
    reporting:
      row.keyId === null || row.keyExpiresAt === null
        ? undefined
        : { keyId: row.keyId, expiresAt: row.keyExpiresAt, revokedAt: row.keyRevokedAt ?? undefined },
    createdAt: row.createdAt,
    finishedAt: row.finishedAt ?? undefined,
  };
}
