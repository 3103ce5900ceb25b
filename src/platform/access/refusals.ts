import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessDenied, QuotaExceeded, TryAgainLater } from '../errors.js';
import type { Quota } from './request-quotas.js';

/** Browsers send Basic credentials that they remember to any page's request; only /xapi, whose clients need it, takes them. */
export function takesBasic({ url }: FastifyRequest): boolean {
  return /^\/xapi(\/|\?|$)/.test(url);
}

/** The status that answers a refusal, by HTTP. */
export function statusOfRefusal({ code }: AccessDenied | TryAgainLater): 401 | 403 | 429 | 503 {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 401;
    case 'FORBIDDEN':
      return 403;
    case 'RATE_LIMITED':
      return 429;
    case 'ISSUER_UNREACHABLE':
    case 'BUSY':
      return 503;
  }
}

/** How much a limited caller has left (draft-ietf-httpapi-ratelimit-headers-06). */
export function tellQuota(reply: FastifyReply, { limit, remaining, reset }: Quota): void {
  void reply.headers({
    'RateLimit-Policy': `${limit};w=60`,
    'RateLimit-Limit': limit,
    'RateLimit-Remaining': remaining,
    'RateLimit-Reset': reset,
  });
}

/** What a refusal tells in headers: which credentials or scopes would do (RFC 6750 3, RFC 7617 2), or when to ask again. */
export function addRefusalHeaders(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof QuotaExceeded) tellQuota(reply, error.quota);
  if (error instanceof TryAgainLater) void reply.header('Retry-After', error.retryAfterSeconds);
  if (error instanceof AccessDenied) {
    const challenge = error.code === 'UNAUTHENTICATED' ? challengeOf(error, request) : missingScopes(error);
    if (challenge !== undefined) void reply.header('WWW-Authenticate', challenge);
  }
}

/** A request that brought no credentials is not told that they are wrong (RFC 6750 3.1). */
function challengeOf({ message }: AccessDenied, request: FastifyRequest): string {
  const wrong =
    request.headers.authorization === undefined
      ? ''
      : `, error="invalid_token", error_description="${message.replaceAll('"', "'")}"`;
  const bearer = `Bearer realm="lectern"${wrong}`;
  return takesBasic(request) ? `${bearer}, Basic realm="lectern", charset="UTF-8"` : bearer;
}

function missingScopes({ sufficientScopes }: AccessDenied): string | undefined {
  if (sufficientScopes.length === 0) return undefined;
  return `Bearer realm="lectern", error="insufficient_scope", scope="${sufficientScopes.join(' ')}"`;
}
