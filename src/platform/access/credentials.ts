/** An API key as it is presented: both parts, in the clear. Never logged, never stored. */
export interface Credentials {
  readonly keyId: string;
  readonly secret: string;
}

/**
 * Reads `Bearer id:secret` (RFC 6750) or, where the caller allows it, `Basic base64(id:secret)` (RFC 7617).
 * Anything else, also a malformed value, is undefined.
 */
export function parseAuthorization(header: string | undefined, allowed: { basic: boolean }): Credentials | undefined {
  const [, scheme, value] = /^(\w+) +(\S+)$/.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return splitPair(value);
    case 'basic':
      return allowed.basic ? splitPair(Buffer.from(value, 'base64').toString('utf8')) : undefined;
    default:
      return undefined;
  }
}

function splitPair(pair: string): Credentials | undefined {
  const colon = pair.indexOf(':');
  if (colon < 1 || colon === pair.length - 1) return undefined;
  return { keyId: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}
