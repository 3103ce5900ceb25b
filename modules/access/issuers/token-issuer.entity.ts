import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Scope } from '../../../src/platform/access/principal.js';
import { OrganizationRow } from '../organizations/organization.entity.js';

@Entity('token_issuers')
@Index('token_issuers_issuer_audience_key', ['issuer', 'audience'], { unique: true })
@ForeignKey(() => OrganizationRow, ['organizationId'], ['organizationId'], { name: 'token_issuers_organization_fkey' })
export class TokenIssuerRow {
  @PrimaryColumn('uuid', { name: 'organization_id', primaryKeyConstraintName: 'token_issuers_pkey' })
  organizationId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'token_issuers_pkey' })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  issuer!: string;

  @Column('text')
  audience!: string;

  @Column('text', { name: 'jwks_url', nullable: true })
  jwksUrl!: string | null;

  @Column('text', { array: true })
  scopes!: Scope[];

  @Column('text', { name: 'scope_claim', nullable: true })
  scopeClaim!: string | null;

  @Column('text', { name: 'scope_prefix' })
  scopePrefix!: string;

  @Column('text', { name: 'client_claim', nullable: true })
  clientClaim!: string | null;

  @Column('text', { name: 'user_claim', nullable: true })
  userClaim!: string | null;

  @Column('boolean')
  trusted!: boolean;

  @Column('integer', { name: 'requests_per_minute', nullable: true })
  requestsPerMinute!: number | null;

  @Column('boolean')
  enabled!: boolean;

  @Column('integer', { default: 1 })
  revision!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
