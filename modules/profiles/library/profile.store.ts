import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { StoredProfile } from './stored-profile.js';

const COLUMNS = `profile_id AS "profileId", version, name, document, uploaded_at AS "uploadedAt", false AS bundled`;

const ORDER = {
  columns: [{ expression: 'version', type: 'text', value: (row: StoredProfile) => row.version }],
} as const;

/** Profiles that the organization of the current unit of work has uploaded. */
@Injectable()
export class ProfileStore {
  constructor(private readonly sql: Sql) {}

  /** @returns undefined when the version is there already */
  async add(
    organizationId: string,
    profile: Omit<StoredProfile, 'uploadedAt' | 'bundled'>,
  ): Promise<StoredProfile | undefined> {
    const { profileId, version, name, document } = profile;
    const [row] = await this.sql.query<StoredProfile>(
      `INSERT INTO profiles (organization_id, version, profile_id, name, document) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [organizationId, version, profileId, name, document],
    );
    return row;
  }

  async find(organizationId: string, version: string): Promise<StoredProfile | undefined> {
    const [row] = await this.sql.query<StoredProfile>(
      `SELECT ${COLUMNS} FROM profiles WHERE organization_id = $1 AND version = $2`,
      [organizationId, version],
    );
    return row;
  }

  /** Versions with one of the IRIs, and the newest version of profiles with one of them. */
  resolve(organizationId: string, iris: readonly string[]): Promise<StoredProfile[]> {
    return this.sql.query<StoredProfile>(
      `SELECT ${COLUMNS} FROM profiles WHERE organization_id = $1 AND version = ANY ($2)
       UNION ALL
       (SELECT DISTINCT ON (profile_id) ${COLUMNS} FROM profiles
         WHERE organization_id = $1 AND profile_id = ANY ($2) ORDER BY profile_id, uploaded_at DESC)`,
      [organizationId, iris],
    );
  }

  async remove(organizationId: string, version: string): Promise<void> {
    await this.sql.query('DELETE FROM profiles WHERE organization_id = $1 AND version = $2', [organizationId, version]);
  }

  async page(organizationId: string, request: PageRequest): Promise<Page<StoredProfile> | ValidationFailed> {
    const keyset = Keyset.of<StoredProfile>(request, ORDER);
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<StoredProfile>(
      `SELECT ${COLUMNS} FROM profiles WHERE organization_id = $1 AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(rows);
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM profiles WHERE organization_id = $1',
      [organizationId],
    );
    return row!.count;
  }
}
