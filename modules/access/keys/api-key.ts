import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Principal, Scope } from '../../../src/platform/access/principal.js';

/**
 * Where a key comes from: the configuration (LECTERN_API_KEY; it cannot be revoked, only replaced there), a call of the
 * API, or a package that carries it.
 */
export type KeyOrigin = 'CONFIGURATION' | 'API' | 'PACKAGE';

/** What an organization sees of a key. The secret is not part of it: only its hash is kept. */
export interface ApiKey {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly origin: KeyOrigin;
  readonly restriction?: { readonly courseId: string } | undefined;
  /** May say who asserts the statements it sends. */
  readonly trusted: boolean;
  /** Undefined: what the setting RATE_LIMIT_PER_MINUTE says. */
  readonly requestsPerMinute?: number | undefined;
  /** Counts the changes. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly expiresAt?: Date | undefined;
  readonly revokedAt?: Date | undefined;
  readonly lastUsedAt?: Date | undefined;
}

/** A key as it is stored. */
export interface StoredApiKey extends ApiKey {
  readonly secretHash: Buffer;
}

const KEY_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Whether text can be the id of a key; what cannot needs no look-up. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}

/** 256 random bits, in characters that need no escaping in a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * SHA-256, without salt and stretching: these would slow down guessing of secrets that people choose, and no attacker
 * guesses 256 random bits. LECTERN_API_KEY, which people may choose, must have 24 characters or more.
 */
export function hashSecret(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Compares in constant time. */
export function isSecretOf(key: StoredApiKey, secret: string): boolean {
  return timingSafeEqual(key.secretHash, hashSecret(secret));
}

export function isActive(key: ApiKey, at: Date): boolean {
  return !key.revokedAt && (!key.expiresAt || key.expiresAt > at);
}

/** Who calls with this key. */
export function principalOf(key: ApiKey): Principal {
  return {
    organizationId: key.organizationId,
    keyId: key.id,
    scopes: new Set(key.scopes),
    ...(key.restriction && { restriction: key.restriction }),
    name: key.name,
    trusted: key.trusted,
    ...(key.requestsPerMinute !== undefined && { requestsPerMinute: key.requestsPerMinute }),
  };
}
