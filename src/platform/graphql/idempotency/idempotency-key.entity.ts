import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

@Entity('idempotency_keys')
@Index('idempotency_keys_created_at_idx', ['organizationId', 'createdAt'])
@ForeignKey('OrganizationRow', ['organizationId'], ['organizationId'], { name: 'idempotency_keys_organization_fkey' })
export class IdempotencyKeyRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'idempotency_keys_pkey' })
  organizationId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_keys_pkey' })
  key!: string;

  @Column('text')
  operation!: string;

  @Column('bytea', { name: 'request_hash' })
  requestHash!: Buffer;

  /** What the operation answered; null only inside the transaction that is finding it out. */
  @Column('json', { nullable: true })
  response!: unknown;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
