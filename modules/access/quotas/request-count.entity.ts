import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('request_counts')
export class RequestCountRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'request_counts_pkey' })
  organizationId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'request_counts_pkey' })
  caller!: string;

  @Column('integer')
  requests!: number;

  @Column('timestamptz', { name: 'ends_at' })
  endsAt!: Date;
}
