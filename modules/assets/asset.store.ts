import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { Asset } from './asset.js';
import type { AcceptedFile } from './asset-intake.js';

interface Row {
  id: string;
  external_id: string | null;
  file_name: string;
  media_type: string;
  bytes: string;
  sha256: string;
  width: number | null;
  height: number | null;
  created_at: Date;
  position: string;
}

const COLUMNS = `id, external_id, file_name, media_type, bytes, sha256, width, height, created_at, created_at::text AS position`;
const OWN = `organization_id = current_setting('lectern.organization_id')::uuid`;

type Listed = Asset & { position: string };

/** Every query on assets. */
@Injectable()
export class AssetStore {
  constructor(private readonly sql: Sql) {}

  async byIds(ids: readonly string[]): Promise<Asset[]> {
    const rows = await this.sql.query<Row>(`SELECT ${COLUMNS} FROM assets WHERE ${OWN} AND id = ANY($1)`, [ids]);
    return rows.map(toAsset);
  }

  /** The asset with an external id, or, without one, the asset of the same bytes and name. */
  async twinOf(file: AcceptedFile, externalId: string | undefined): Promise<Asset | undefined> {
    const [row] =
      externalId === undefined
        ? await this.sql.query<Row>(
            `SELECT ${COLUMNS} FROM assets WHERE ${OWN} AND sha256 = $1 AND file_name = $2 ORDER BY id LIMIT 1`,
            [file.sha256, file.fileName],
          )
        : await this.sql.query<Row>(`SELECT ${COLUMNS} FROM assets WHERE ${OWN} AND external_id = $1`, [externalId]);
    return row && toAsset(row);
  }

  /** Adds a row, or gives the one with the same external id the new bytes. */
  async upsert(id: string, file: AcceptedFile, externalId: string | undefined): Promise<Asset> {
    const [row] = await this.sql.query<Row>(
      `INSERT INTO assets (organization_id, id, external_id, file_name, media_type, bytes, sha256, width, height)
       VALUES (current_setting('lectern.organization_id')::uuid, $1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (organization_id, external_id) DO UPDATE SET
         file_name = excluded.file_name, media_type = excluded.media_type, bytes = excluded.bytes, sha256 = excluded.sha256,
         width = excluded.width, height = excluded.height
       RETURNING ${COLUMNS}`,
      [
        id,
        externalId ?? null,
        file.fileName,
        file.mediaType,
        file.bytes,
        file.sha256,
        file.width ?? null,
        file.height ?? null,
      ],
    );
    if (row === undefined) throw new Error('INSERT ... RETURNING gave no row');
    return toAsset(row);
  }

  async page(request: PageRequest, search: string | undefined): Promise<Page<Asset> | ValidationFailed> {
    const keyset = Keyset.of<Listed>(request, {
      columns: [
        { expression: 'created_at', type: 'timestamptz', value: (asset) => asset.position },
        { expression: 'id', type: 'uuid', value: (asset) => asset.id },
      ],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM assets
       WHERE ${OWN} AND ($1::text IS NULL OR strpos(lower(file_name), lower($1)) > 0) AND ${keyset.where(2)}
       ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [search ?? null, ...keyset.parameters],
    );
    return keyset.page(rows.map((row) => ({ ...toAsset(row), position: row.position })));
  }

  async count(search: string | undefined): Promise<number> {
    const [row] = await this.sql.query<{ count: string }>(
      `SELECT count(*) FROM assets WHERE ${OWN} AND ($1::text IS NULL OR strpos(lower(file_name), lower($1)) > 0)`,
      [search ?? null],
    );
    return Number(row?.count ?? 0);
  }

  async delete(id: string): Promise<boolean> {
    const rows = await this.sql.query(`DELETE FROM assets WHERE ${OWN} AND id = $1 RETURNING id`, [id]);
    return rows.length === 1;
  }

  /** The organization's own limit, in bytes. */
  async limit(): Promise<number | undefined> {
    const [row] = await this.sql.query<{ max_bytes: string }>(`SELECT max_bytes FROM asset_limits WHERE ${OWN}`);
    return row && Number(row.max_bytes);
  }

  async setLimit(maxBytes: number): Promise<void> {
    await this.sql.query(
      `INSERT INTO asset_limits (organization_id, max_bytes) VALUES (current_setting('lectern.organization_id')::uuid, $1)
       ON CONFLICT (organization_id) DO UPDATE SET max_bytes = excluded.max_bytes`,
      [maxBytes],
    );
  }
}

const toAsset = (row: Row): Asset => ({
  id: row.id,
  externalId: row.external_id ?? undefined,
  fileName: row.file_name,
  mediaType: row.media_type,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  width: row.width ?? undefined,
  height: row.height ?? undefined,
  createdAt: row.created_at,
});
