import { AccessDenied } from '../errors.js';

/** What a key may do. `admin` includes every other scope. */
export const SCOPES = ['author', 'publish', 'records:read', 'statements:write', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Who is calling: one API key of one organization. */
export interface Principal {
  readonly organizationId: string;
  readonly keyId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Keys carried inside a package may only write statements about the course they were made for. */
  readonly restriction?: { readonly courseId: string };
}

/**
 * Refuses the call unless the principal holds the scope.
 *
 * @throws AccessDenied UNAUTHENTICATED without a principal, FORBIDDEN without the scope.
 */
export function requireScope(principal: Principal | undefined, scope: Scope): asserts principal is Principal {
  if (!principal) throw new AccessDenied('UNAUTHENTICATED', 'This needs an API key.');
  if (principal.scopes.has(scope) || principal.scopes.has('admin')) return;
  throw new AccessDenied('FORBIDDEN', `This needs a key with the scope "${scope}".`);
}
