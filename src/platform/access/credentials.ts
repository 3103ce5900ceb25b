/** An API key as it is presented: both parts, in the clear. Never logged, never stored. */
export interface KeyCredentials {
  readonly keyId: string;
  readonly secret: string;
}

/** A token of OAuth 2 as it is presented: a signed JWT (RFC 7519). Never logged, never stored. */
export interface TokenCredentials {
  readonly token: string;
}

export type Credentials = KeyCredentials | TokenCredentials;

/** Three parts in base64url: the compact form of a signed token (RFC 7515 7.1). No key has this form: it has a colon. */
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** No sound token is longer; what is longer is not even looked at. */
const LONGEST_TOKEN = 16_384;

/**
 * Reads `Bearer id:secret` and `Bearer <token>` (RFC 6750) or, where the caller allows it, `Basic base64(id:secret)` in
 * UTF-8 (RFC 7617). Anything else, also a malformed value, is undefined.
 */
export function parseAuthorization(header: string | undefined, allowed: { basic: boolean }): Credentials | undefined {
  const [, scheme, value] = /^(\w+) +(\S(?:.*\S)?) *$/.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return tokenOf(value) ?? pairOf(value);
    case 'basic':
      return allowed.basic ? pairOf(Buffer.from(value, 'base64').toString('utf8')) : undefined;
    default:
      return undefined;
  }
}

function tokenOf(value: string): TokenCredentials | undefined {
  return value.length <= LONGEST_TOKEN && COMPACT_JWS.test(value) ? { token: value } : undefined;
}

/** The first colon separates: secrets may have more of them. */
function pairOf(pair: string): KeyCredentials | undefined {
  const colon = pair.indexOf(':');
  if (colon < 1 || colon === pair.length - 1) return undefined;
  return { keyId: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}
