import { Injectable, Logger } from '@nestjs/common';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { TryAgainLater } from '../../../src/platform/errors.js';
import { Outbound } from '../../../src/platform/http/outbound/outbound.js';
import { AccessChanges } from '../access-changes.js';
import type { TokenIssuer } from './token-issuer.js';

/** How long keys are good, and how long at least between two fetches, whatever tokens come. */
const KEYS_GOOD_MS = 600_000;
const COOLDOWN_MS = 30_000;

/** How long an issuer that did not answer is left alone, and how long its last keys stay good meanwhile. */
const RETRY_AFTER_MS = 10_000;
const STALE_GOOD_MS = 24 * 3_600_000;

const TIMEOUT_MS = 5_000;
const DISCOVERY = '/.well-known/openid-configuration';

/** The public keys of issuers, fetched when they are needed and kept for a while. */
@Injectable()
export class IssuerKeys {
  private readonly sets = new Map<string, JWTVerifyGetKey>();

  constructor(
    private readonly outbound: Outbound,
    changes: AccessChanges,
  ) {
    changes.onChange((change) => {
      if (typeof change === 'string') this.sets.clear();
    });
  }

  /**
   * Finds the key that a token was signed with.
   *
   * The function throws TryAgainLater when the keys cannot be had, and JWKSNoMatchingKey and JWKSMultipleMatchingKeys
   * as jose does.
   */
  of({ issuer, jwksUrl }: TokenIssuer): JWTVerifyGetKey {
    const name = JSON.stringify([issuer, jwksUrl]);
    const known = this.sets.get(name);
    if (known) return known;
    const source = new KeySource(this.outbound, issuer, jwksUrl);
    this.sets.set(name, source.getKey);
    return source.getKey;
  }
}

/** Where one issuer's keys come from. */
class KeySource {
  private readonly logger = new Logger(IssuerKeys.name);
  private readonly remote: JWTVerifyGetKey;
  private last: { readonly text: string; readonly at: number } | undefined;
  private failure: { readonly error: unknown; readonly at: number } | undefined;

  constructor(
    private readonly outbound: Outbound,
    private readonly issuer: string,
    private readonly jwksUrl: string | undefined,
  ) {
    this.remote = createRemoteJWKSet(new URL(jwksUrl ?? issuer), {
      // Ours bounds each of the two requests that a discovery takes.
      timeoutDuration: 3 * TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      cacheMaxAge: KEYS_GOOD_MS,
      [customFetch]: async () => new Response(await this.keys()),
    });
  }

  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await this.remote(header, token);
    } catch (error) {
      const isAboutToken =
        error instanceof errors.JWKSMultipleMatchingKeys ||
        // Keys that could not be fetched anew may lack the one that the token was signed with.
        (error instanceof errors.JWKSNoMatchingKey && this.failure === undefined);
      if (isAboutToken) throw error;
      throw new TryAgainLater(
        'ISSUER_UNREACHABLE',
        `The keys of the issuer ${this.issuer} cannot be had now; try again later.`,
        RETRY_AFTER_MS / 1_000,
      );
    }
  };

  /** The text of the JWKS; the last one when there is no new one. */
  private async keys(): Promise<string> {
    if (this.failure && Date.now() - this.failure.at < RETRY_AFTER_MS) return this.lastKeys(this.failure.error);
    try {
      const text = await this.get(this.jwksUrl ?? (await this.discover()));
      // Fails when it is no set of keys: it counts as not had, then.
      createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.last = { text, at: Date.now() };
      this.failure = undefined;
      return text;
    } catch (error) {
      this.failure = { error, at: Date.now() };
      this.logger.warn(`The keys of the issuer ${this.issuer} cannot be had: ${String(error)}`);
      return this.lastKeys(error);
    }
  }

  private lastKeys(error: unknown): string {
    if (this.last && Date.now() - this.last.at < STALE_GOOD_MS) return this.last.text;
    throw error;
  }

  /** OpenID Connect Discovery 1.0, 4. */
  private async discover(): Promise<string> {
    const found = JSON.parse(await this.get(`${this.issuer.replace(/\/$/, '')}${DISCOVERY}`)) as Record<
      string,
      unknown
    >;
    if (found['issuer'] !== this.issuer) throw new Error('its discovery document is of another issuer');
    if (typeof found['jwks_uri'] !== 'string') throw new Error('its discovery document has no jwks_uri');
    return found['jwks_uri'];
  }

  private async get(url: string): Promise<string> {
    const headers = { accept: 'application/json' };
    const { status, body, truncated } = await this.outbound.send({ url, headers, timeout: TIMEOUT_MS });
    if (status !== 200) throw new Error(`${url} answers ${status}`);
    if (truncated) throw new Error(`${url} answers too much`);
    return body.toString('utf8');
  }
}
