import { AccessDenied } from '../errors.js';

/**
 * What a caller may do. Those of the service's own interfaces come first, then those of xAPI, in its own words (1.0.3
 * Comm 4.2). `admin` includes every other scope; what the scopes of xAPI include is told by modules/lrs.
 */
export const SCOPES = [
  'author',
  'publish',
  'records:read',
  'admin',
  'statements/write',
  'statements/read',
  'statements/read/mine',
  'state',
  'define',
  'profile',
  'all/read',
  'all',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Who calls with a token of OAuth: a client, and the user on whose behalf it acts, where there is one. */
export interface TokenHolder {
  /** The issuer's address, as in the token's `iss`. */
  readonly issuer: string;
  readonly client: string;
  readonly user?: { readonly id: string; readonly name?: string };
}

/** Who is calling, for one organization: an API key, or a token of an issuer that the organization trusts. */
export interface Principal {
  readonly organizationId: string;
  /** Names the credential: the key's id, or the id of the token's issuer. */
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Keys carried inside a package may only write statements about the course they were made for. */
  readonly restriction?: { readonly courseId: string };
  /** What the key is for, in its maker's words. */
  readonly name?: string;
  /** May say who asserts the statements it sends (xAPI 1.0.3 Data 2.4.9). */
  readonly trusted?: boolean;
  /** Unset: what the setting RATE_LIMIT_PER_MINUTE says, which spares keys inside packages: many learners share one. */
  readonly requestsPerMinute?: number;
  /** Set when a token of OAuth is presented, not a key. */
  readonly token?: TokenHolder;
}

/**
 * Refuses the call unless the principal holds the scope.
 *
 * @throws AccessDenied UNAUTHENTICATED without a principal, FORBIDDEN without the scope.
 */
export function requireScope(principal: Principal | undefined, scope: Scope): asserts principal is Principal {
  requireOneOf(principal, [scope]);
}

/**
 * Refuses the call unless the principal holds one of the scopes.
 *
 * @throws AccessDenied UNAUTHENTICATED without a principal, FORBIDDEN when it holds none of them.
 */
export function requireOneOf(
  principal: Principal | undefined,
  scopes: readonly Scope[],
): asserts principal is Principal {
  if (!principal) throw new AccessDenied('UNAUTHENTICATED', 'This needs an API key.');
  if (principal.scopes.has('admin') || scopes.some((scope) => principal.scopes.has(scope))) return;
  const named = scopes.map((scope) => `"${scope}"`);
  const needed = named.length === 1 ? `the scope ${named[0]}` : `one of the scopes ${named.join(', ')}`;
  throw new AccessDenied('FORBIDDEN', `This needs a key with ${needed}.`, scopes);
}
