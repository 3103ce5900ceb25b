/** What the claims of a verified token say. */
import { SCOPES, type Scope, type TokenHolder } from '../../../src/platform/access/principal.js';
import type { TokenIssuer } from './token-issuer.js';

export type Claims = Readonly<Record<string, unknown>>;

/** Scopes of xAPI that include others (1.0.3 Comm 4.2), and `admin`, which includes all. */
const INCLUDED: Partial<Record<Scope, readonly Scope[]>> = {
  admin: SCOPES,
  all: SCOPES.slice(SCOPES.indexOf('statements/write')),
  'all/read': ['statements/read', 'statements/read/mine'],
  'statements/read': ['statements/read/mine'],
};

/** What a token may do that names no scope (1.0.3 Comm 4.2). */
const WITHOUT_SCOPE: readonly Scope[] = ['statements/write', 'statements/read/mine'];

/** What the token may do: what it says, as far as the organization has granted it to the issuer. */
export function scopesOf(claims: Claims, { scopeClaim, scopePrefix, scopes }: TokenIssuer): ReadonlySet<Scope> {
  const claim = scopeClaim === undefined ? (claims['scope'] ?? claims['scp']) : claims[scopeClaim];
  const named = claim === undefined ? WITHOUT_SCOPE : namesIn(claim, scopePrefix);
  const granted = withIncluded(scopes);
  return new Set([...withIncluded(named)].filter((scope) => granted.has(scope)));
}

/** The client, and the user that it acts for; undefined when no claim names a client. */
export function holderOf(claims: Claims, { issuer, clientClaim, userClaim }: TokenIssuer): TokenHolder | undefined {
  const text = (name: string) => textOf(claims[name]);
  const user = text(userClaim ?? 'sub');
  const client =
    clientClaim === undefined ? (text('client_id') ?? text('azp') ?? text('appid') ?? user) : text(clientClaim);
  if (client === undefined) return undefined;
  if (user === undefined || isForItself(claims, user, client)) return { issuer, client };
  const name = text('name');
  return { issuer, client, user: { id: user, ...(name !== undefined && { name }) } };
}

/**
 * A token that a client got for itself names it as subject, too (RFC 9068 2.2); some issuers write or mark that in ways of
 * their own.
 */
function isForItself(claims: Claims, user: string, client: string): boolean {
  if (claims['gty'] === 'client-credentials' || claims['idtyp'] === 'app') return true;
  return user === client || user === `${client}@clients`;
}

/** A list, or text with blanks between; names that are not ours, or lack the prefix, say nothing. */
function namesIn(claim: unknown, prefix: string): Scope[] {
  const names = typeof claim === 'string' ? claim.split(/\s+/) : Array.isArray(claim) ? claim : [];
  return SCOPES.filter((scope) => names.includes(`${prefix}${scope}`));
}

function withIncluded(scopes: readonly Scope[]): Set<Scope> {
  return new Set(scopes.flatMap((scope) => [scope, ...(INCLUDED[scope] ?? [])]));
}

/** PostgreSQL cannot hold U+0000, UTF-8 no half of a surrogate pair; and what is empty names nobody. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2_000 && !UNSTORABLE.test(value)
    ? value
    : undefined;
}
