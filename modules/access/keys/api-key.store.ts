import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import { ApiKeyRow } from './api-key.entity.js';
import type { ApiKey, StoredApiKey } from './api-key.js';

/** What is written when a key is issued. */
export type NewApiKey = Omit<StoredApiKey, 'createdAt' | 'revokedAt' | 'lastUsedAt' | 'revision'>;

/** What can be changed of a key. */
export type ApiKeyChange = Pick<ApiKey, 'name' | 'scopes' | 'expiresAt' | 'trusted' | 'requestsPerMinute'>;

const COLUMNS = `organization_id AS "organizationId", id, secret_hash AS "secretHash", name, scopes, origin,
  restricted_to_course_id AS "restrictedToCourseId", trusted, requests_per_minute AS "requestsPerMinute", revision, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

const ORDER = { columns: [{ expression: 'id', type: 'text', value: ({ id }: ApiKey) => id }] } as const;

/** Queries over API keys: of the current unit of work's organization, but for {@link findPresented}. */
@Injectable()
export class ApiKeyStore {
  constructor(
    private readonly sql: Sql,
    private readonly dataSource: DataSource,
  ) {}

  /** Finds a key before its organization is known, outside of any unit of work. */
  async findPresented(id: string): Promise<StoredApiKey | undefined> {
    const rows = await this.dataSource.query<ApiKeyRow[]>(`SELECT ${COLUMNS} FROM find_api_key($1)`, [id]);
    return rows[0] && { ...toApiKey(rows[0]), secretHash: rows[0].secretHash };
  }

  async add(key: NewApiKey): Promise<ApiKey> {
    return (await this.insert(key))!;
  }

  /**
   * Adds the key, or replaces secret and expiry of the key with this id, origin and restriction. A revoked key stays
   * revoked, unless the configuration names it again.
   *
   * @returns undefined when the id belongs to a key of another origin or restriction.
   */
  async put(key: NewApiKey): Promise<ApiKey | undefined> {
    return this.insert(
      key,
      `ON CONFLICT (organization_id, id) DO UPDATE
         SET secret_hash = excluded.secret_hash, expires_at = excluded.expires_at, scopes = excluded.scopes,
             revoked_at = CASE excluded.origin WHEN 'CONFIGURATION' THEN NULL ELSE api_keys.revoked_at END
         WHERE api_keys.origin = excluded.origin
           AND api_keys.restricted_to_course_id IS NOT DISTINCT FROM excluded.restricted_to_course_id`,
    );
  }

  /** Whether a key or an issuer of tokens has this id. */
  async isCredential(id: string): Promise<boolean> {
    const [row] = await this.sql.query<{ known: boolean }>(
      `SELECT EXISTS (SELECT FROM api_keys WHERE id = $1) OR EXISTS (SELECT FROM token_issuers WHERE id::text = $1) AS known`,
      [id],
    );
    return row!.known;
  }

  async find(id: string): Promise<ApiKey | undefined> {
    const rows = await this.sql.query<ApiKeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE id = $1`, [id]);
    return rows[0] && toApiKey(rows[0]);
  }

  /** The key, locked until the unit of work ends. */
  async lock(id: string): Promise<ApiKey | undefined> {
    const rows = await this.sql.query<ApiKeyRow>(`SELECT ${COLUMNS} FROM api_keys WHERE id = $1 FOR UPDATE`, [id]);
    return rows[0] && toApiKey(rows[0]);
  }

  async change(id: string, { name, scopes, expiresAt, trusted, requestsPerMinute }: ApiKeyChange): Promise<ApiKey> {
    const rows = await this.sql.query<ApiKeyRow>(
      `UPDATE api_keys SET name = $2, scopes = $3, expires_at = $4, trusted = $5, requests_per_minute = $6,
              revision = revision + 1
        WHERE id = $1 RETURNING ${COLUMNS}`,
      [id, name, scopes, expiresAt ?? null, trusted, requestsPerMinute ?? null],
    );
    return toApiKey(rows[0]!);
  }

  async page(request: PageRequest): Promise<Page<ApiKey> | ValidationFailed> {
    const keyset = Keyset.of<ApiKey>(request, ORDER);
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<ApiKeyRow>(
      `SELECT ${COLUMNS} FROM api_keys WHERE ${keyset.where(1)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      keyset.parameters,
    );
    return keyset.page(rows.map(toApiKey));
  }

  async count(): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>('SELECT count(*)::int AS count FROM api_keys');
    return row!.count;
  }

  /** Revokes the key; the time of the first revocation stays. */
  async revoke(id: string): Promise<ApiKey | undefined> {
    const rows = await this.sql.query<ApiKeyRow>(
      `UPDATE api_keys SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING ${COLUMNS}`,
      [id],
    );
    return rows[0] && toApiKey(rows[0]);
  }

  /** Revokes the keys that an earlier configuration named. */
  async revokeConfiguredExcept(id: string): Promise<void> {
    await this.sql.query(
      `UPDATE api_keys SET revoked_at = now() WHERE origin = 'CONFIGURATION' AND id <> $1 AND revoked_at IS NULL`,
      [id],
    );
  }

  /** Records a use, unless one at most `precisionMs` earlier is recorded. */
  async markUsed(id: string, at: Date, precisionMs: number): Promise<void> {
    const before = new Date(at.getTime() - precisionMs);
    await this.sql.query(
      'UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)',
      [id, at, before],
    );
  }

  private async insert(key: NewApiKey, onConflict = ''): Promise<ApiKey | undefined> {
    const { organizationId, id, secretHash, name, scopes, origin, restriction, expiresAt } = key;
    const { trusted, requestsPerMinute } = key;
    const rows = await this.sql.query<ApiKeyRow>(
      `INSERT INTO api_keys (organization_id, id, secret_hash, name, scopes, origin, restricted_to_course_id, expires_at,
                             trusted, requests_per_minute)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ${onConflict} RETURNING ${COLUMNS}`,
      [
        organizationId,
        id,
        secretHash,
        name,
        scopes,
        origin,
        restriction?.courseId ?? null,
        expiresAt ?? null,
        trusted,
        requestsPerMinute ?? null,
      ],
    );
    return rows[0] && toApiKey(rows[0]);
  }
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    scopes: row.scopes,
    origin: row.origin,
    restriction: row.restrictedToCourseId ? { courseId: row.restrictedToCourseId } : undefined,
    trusted: row.trusted,
    requestsPerMinute: row.requestsPerMinute ?? undefined,
    revision: row.revision,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt ?? undefined,
    revokedAt: row.revokedAt ?? undefined,
    lastUsedAt: row.lastUsedAt ?? undefined,
  };
}
