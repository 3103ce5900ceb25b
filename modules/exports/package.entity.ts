import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PackageFormatName } from '../../exporters/index.js';
import type { PackageOptions, PackageStatus } from './package.js';

@Entity('packages')
@Index('packages_build_key', ['organizationId', 'buildKey'], { unique: true, where: `(status <> 'FAILED'::text)` })
@Index('packages_version_idx', ['organizationId', 'versionId', 'id'])
@ForeignKey('CourseVersionRow', ['organizationId', 'versionId'], ['organizationId', 'id'], {
  name: 'packages_version_fkey',
})
export class PackageRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'packages_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'packages_pkey' })
  id!: string;

  @Column('uuid', { name: 'version_id' })
  versionId!: string;

  @Column('text')
  format!: PackageFormatName;

  @Column('json')
  options!: PackageOptions;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  /** Hash of what was asked: version, format, options. */
  @Column('text')
  recipe!: string;

  /** Hash of all that the bytes come from: the recipe, and the files that the service makes of it. */
  @Column('text', { name: 'build_key' })
  buildKey!: string;

  @Column('text')
  status!: PackageStatus;

  @Column('integer', { default: 0 })
  progress!: number;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('text', { name: 'key_id', nullable: true })
  keyId!: string | null;

  @Column('timestamptz', { name: 'key_expires_at', nullable: true })
  keyExpiresAt!: Date | null;

  @Column('timestamptz', { name: 'key_revoked_at', nullable: true })
  keyRevokedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
