import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { TokenIssuerRow } from './token-issuer.entity.js';
import type { TokenIssuer } from './token-issuer.js';

const COLUMNS = `organization_id AS "organizationId", id, name, issuer, audience, jwks_url AS "jwksUrl", scopes,
  scope_claim AS "scopeClaim", scope_prefix AS "scopePrefix", client_claim AS "clientClaim", user_claim AS "userClaim",
  trusted, requests_per_minute AS "requestsPerMinute", enabled, revision, created_at AS "createdAt"`;

const ORDER = { columns: [{ expression: 'id', type: 'uuid', value: ({ id }: TokenIssuer) => id }] } as const;

/** Queries over issuers: of the current unit of work's organization, but for {@link findPresented}. */
@Injectable()
export class TokenIssuerStore {
  constructor(
    private readonly sql: Sql,
    private readonly dataSource: DataSource,
  ) {}

  /** Finds what a token names before its organization is known, outside of any unit of work. */
  async findPresented(issuer: string, audiences: readonly string[]): Promise<TokenIssuer[]> {
    const rows = await this.dataSource.query<TokenIssuerRow[]>(
      `SELECT ${COLUMNS} FROM find_token_issuers($1, $2) WHERE enabled`,
      [issuer, audiences],
    );
    return rows.map(toTokenIssuer);
  }

  /** @returns undefined when the installation has an issuer with this issuer and audience, of whatever organization */
  async add(issuer: Omit<TokenIssuer, 'createdAt' | 'revision'>): Promise<TokenIssuer | undefined> {
    const rows = await this.sql.query<TokenIssuerRow>(
      `INSERT INTO token_issuers (organization_id, id, issuer, audience, name, jwks_url, scopes, scope_claim, scope_prefix,
                                  client_claim, user_claim, trusted, requests_per_minute, enabled)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (issuer, audience) DO NOTHING RETURNING ${COLUMNS}`,
      [issuer.organizationId, issuer.id, issuer.issuer, issuer.audience, ...changeable(issuer)],
    );
    return rows[0] && toTokenIssuer(rows[0]);
  }

  /** The issuer, locked until the unit of work ends. */
  async lock(id: string): Promise<TokenIssuer | undefined> {
    const rows = await this.sql.query<TokenIssuerRow>(`SELECT ${COLUMNS} FROM token_issuers WHERE id = $1 FOR UPDATE`, [
      id,
    ]);
    return rows[0] && toTokenIssuer(rows[0]);
  }

  async change(issuer: TokenIssuer): Promise<TokenIssuer> {
    const rows = await this.sql.query<TokenIssuerRow>(
      `UPDATE token_issuers SET name = $2, jwks_url = $3, scopes = $4, scope_claim = $5, scope_prefix = $6,
              client_claim = $7, user_claim = $8, trusted = $9, requests_per_minute = $10, enabled = $11,
              revision = revision + 1
        WHERE id = $1 RETURNING ${COLUMNS}`,
      [issuer.id, ...changeable(issuer)],
    );
    return toTokenIssuer(rows[0]!);
  }

  async delete(id: string): Promise<void> {
    await this.sql.query('DELETE FROM token_issuers WHERE id = $1', [id]);
  }

  async page(request: PageRequest): Promise<Page<TokenIssuer> | ValidationFailed> {
    const keyset = Keyset.of<TokenIssuer>(request, ORDER);
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<TokenIssuerRow>(
      `SELECT ${COLUMNS} FROM token_issuers WHERE ${keyset.where(1)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      keyset.parameters,
    );
    return keyset.page(rows.map(toTokenIssuer));
  }

  async count(): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>('SELECT count(*)::int AS count FROM token_issuers');
    return row!.count;
  }
}

/** In the order of the columns of both statements. */
function changeable(issuer: Omit<TokenIssuer, 'createdAt' | 'revision'>): unknown[] {
  const { name, jwksUrl, scopes, scopeClaim, scopePrefix, clientClaim, userClaim } = issuer;
  return [
    name,
    jwksUrl ?? null,
    scopes,
    scopeClaim ?? null,
    scopePrefix,
    clientClaim ?? null,
    userClaim ?? null,
    issuer.trusted,
    issuer.requestsPerMinute ?? null,
    issuer.enabled,
  ];
}

function toTokenIssuer(row: TokenIssuerRow): TokenIssuer {
  const { jwksUrl, scopeClaim, clientClaim, userClaim, requestsPerMinute, ...rest } = row;
  return {
    ...rest,
    jwksUrl: jwksUrl ?? undefined,
    scopeClaim: scopeClaim ?? undefined,
    clientClaim: clientClaim ?? undefined,
    userClaim: userClaim ?? undefined,
    requestsPerMinute: requestsPerMinute ?? undefined,
  };
}
