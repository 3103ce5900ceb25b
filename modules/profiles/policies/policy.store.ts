import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { KeyPolicy } from './key-policy.js';

const COLUMNS = 'key_id AS "keyId", profiles, mode, claim, updated_at AS "updatedAt"';

const ORDER = { columns: [{ expression: 'key_id', type: 'text', value: (row: KeyPolicy) => row.keyId }] } as const;

/** Policies of keys of the organization of the current unit of work. */
@Injectable()
export class PolicyStore {
  constructor(private readonly sql: Sql) {}

  all(organizationId: string): Promise<KeyPolicy[]> {
    return this.sql.query<KeyPolicy>(`SELECT ${COLUMNS} FROM profile_policies WHERE organization_id = $1`, [
      organizationId,
    ]);
  }

  async put(organizationId: string, policy: Omit<KeyPolicy, 'updatedAt'>): Promise<KeyPolicy> {
    const { keyId, profiles, mode, claim } = policy;
    const [row] = await this.sql.query<KeyPolicy>(
      `INSERT INTO profile_policies (organization_id, key_id, profiles, mode, claim) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organization_id, key_id) DO UPDATE
         SET profiles = excluded.profiles, mode = excluded.mode, claim = excluded.claim, updated_at = now()
       RETURNING ${COLUMNS}`,
      [organizationId, keyId, profiles, mode, claim],
    );
    return row!;
  }

  async remove(organizationId: string, keyId: string): Promise<void> {
    await this.sql.query('DELETE FROM profile_policies WHERE organization_id = $1 AND key_id = $2', [
      organizationId,
      keyId,
    ]);
  }

  /** Id of a key whose policy names one of the IRIs. */
  async firstWith(organizationId: string, iris: readonly string[]): Promise<string | undefined> {
    const [row] = await this.sql.query<{ keyId: string }>(
      'SELECT key_id AS "keyId" FROM profile_policies WHERE organization_id = $1 AND profiles && $2 ORDER BY key_id LIMIT 1',
      [organizationId, iris],
    );
    return row?.keyId;
  }

  async page(organizationId: string, request: PageRequest): Promise<Page<KeyPolicy> | ValidationFailed> {
    const keyset = Keyset.of<KeyPolicy>(request, ORDER);
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<KeyPolicy>(
      `SELECT ${COLUMNS} FROM profile_policies WHERE organization_id = $1 AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(rows);
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM profile_policies WHERE organization_id = $1',
      [organizationId],
    );
    return row!.count;
  }
}
