import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

@Entity('asset_limits')
@ForeignKey('OrganizationRow', ['organizationId'], ['organizationId'], { name: 'asset_limits_organization_fkey' })
export class AssetLimitRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'asset_limits_pkey' })
  organizationId!: string;

  @Column('bigint', { name: 'max_bytes' })
  maxBytes!: string;
}
