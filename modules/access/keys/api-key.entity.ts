import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Scope } from '../../../src/platform/access/principal.js';
import type { KeyOrigin } from './api-key.js';
import { OrganizationRow } from '../organizations/organization.entity.js';

@Entity('api_keys')
@Index('api_keys_id_key', ['id'], { unique: true })
@ForeignKey(() => OrganizationRow, ['organizationId'], ['organizationId'], { name: 'api_keys_organization_fkey' })
export class ApiKeyRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'api_keys_pkey' })
  organizationId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'api_keys_pkey' })
  id!: string;

  @Column('bytea', { name: 'secret_hash' })
  secretHash!: Buffer;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  scopes!: Scope[];

  @Column('text')
  origin!: KeyOrigin;

  /** Not a foreign key: packages stay in use, and their keys with them, when the draft of the course is deleted. */
  @Column('uuid', { name: 'restricted_to_course_id', nullable: true })
  restrictedToCourseId!: string | null;

  @Column('boolean', { default: false })
  trusted!: boolean;

  @Column('integer', { name: 'requests_per_minute', nullable: true })
  requestsPerMinute!: number | null;

  @Column('integer', { default: 1 })
  revision!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
