import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../src/platform/access/principal.js';
import { AccessDenied } from '../../../src/platform/errors.js';

/** The caller, whom the authentication of every request has found. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (!principal) throw new AccessDenied('UNAUTHENTICATED', 'This needs an API key.');
  return principal;
}
