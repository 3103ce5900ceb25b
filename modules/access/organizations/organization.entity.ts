import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('organizations')
export class OrganizationRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'organizations_pkey' })
  organizationId!: string;

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
