import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('assets')
@Index('assets_external_id_key', ['organizationId', 'externalId'], { unique: true })
@Index('assets_sha256_idx', ['organizationId', 'sha256'])
@Index('assets_created_at_idx', ['organizationId', 'createdAt', 'id'])
@ForeignKey('OrganizationRow', ['organizationId'], ['organizationId'], { name: 'assets_organization_fkey' })
export class AssetRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'assets_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'assets_pkey' })
  id!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text', { name: 'file_name' })
  fileName!: string;

  @Column('text', { name: 'media_type' })
  mediaType!: string;

  @Column('bigint')
  bytes!: string;

  @Column('text')
  sha256!: string;

  @Column('integer', { nullable: true })
  width!: number | null;

  @Column('integer', { nullable: true })
  height!: number | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
