import { Injectable } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey, JWTVerifyOptions } from 'jose';
import type { TokenCredentials } from '../../../src/platform/access/credentials.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { AccessDenied } from '../../../src/platform/errors.js';
import { AccessChanges } from '../access-changes.js';
import { LookupCache } from '../lookup-cache.js';
import { IssuerKeys } from './issuer-keys.js';
import { holderOf, scopesOf, textOf } from './token-claims.js';
import type { TokenIssuer } from './token-issuer.js';
import { TokenIssuerStore } from './token-issuer.store.js';

/** With a public and a private key. With the others (HS256, none) whoever knows the public key could make tokens. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** By how much clocks of issuers may differ from ours. */
const CLOCK_TOLERANCE_S = 30;

const MOST_AUDIENCES = 20;

interface Named {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** Knows callers by tokens of OAuth 2: signed JWTs (RFC 9068, RFC 8725) of issuers that an organization trusts. */
@Injectable()
export class TokenAuthenticator {
  private readonly cache = new LookupCache<readonly TokenIssuer[]>();

  constructor(
    private readonly issuers: TokenIssuerStore,
    private readonly keys: IssuerKeys,
    changes: AccessChanges,
  ) {
    changes.onChange((change) => {
      if (typeof change === 'string') this.cache.clear();
    });
  }

  /**
   * @throws AccessDenied UNAUTHENTICATED, saying what is wrong with the token
   * @throws TryAgainLater when the issuer's keys cannot be had
   */
  async authenticate({ token }: TokenCredentials): Promise<Principal> {
    const issuer = await this.issuerOf(namedBy(token));
    const claims = await this.verified(token, issuer);
    const holder = holderOf(claims, issuer);
    if (!holder) throw refusal('no claim names its client');
    return {
      organizationId: issuer.organizationId,
      keyId: issuer.id,
      name: issuer.name,
      scopes: scopesOf(claims, issuer),
      trusted: issuer.trusted,
      token: holder,
      ...(issuer.requestsPerMinute !== undefined && { requestsPerMinute: issuer.requestsPerMinute }),
    };
  }

  private async issuerOf({ issuer, audiences }: Named): Promise<TokenIssuer> {
    const found = await this.cache.get(JSON.stringify([issuer, ...audiences]), async () => {
      const issuers = await this.issuers.findPresented(issuer, audiences);
      return issuers.length > 0 ? issuers : undefined;
    });
    if (found?.length === 1) return found[0]!;
    throw refusal(
      found ? 'its audiences are those of several issuers here' : 'its issuer and audience are not known here',
    );
  }

  private async verified(token: string, issuer: TokenIssuer): Promise<JWTPayload> {
    const options: JWTVerifyOptions = {
      issuer: issuer.issuer,
      audience: issuer.audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['exp'],
    };
    try {
      const claims = await verify(token, this.keys.of(issuer), options);
      if (claims.iat !== undefined && claims.iat > Date.now() / 1_000 + CLOCK_TOLERANCE_S) {
        throw refusal('it was issued in the future');
      }
      return claims;
    } catch (error) {
      throw error instanceof errors.JOSEError ? refusal(reasonOf(error)) : error;
    }
  }
}

/** Who a token says that it is from and for; nothing of that is verified yet. */
function namedBy(token: string): Named {
  try {
    const { alg } = decodeProtectedHeader(token);
    if (!ALGORITHMS.includes(String(alg))) throw refusal('its algorithm is not accepted');
    const { iss, aud } = decodeJwt(token);
    const audiences = [aud ?? []].flat().map(textOf);
    const known = audiences.filter((audience) => audience !== undefined).sort();
    const issuer = textOf(iss);
    if (issuer !== undefined && known.length > 0 && audiences.length <= MOST_AUDIENCES) {
      return { issuer, audiences: known };
    }
  } catch (error) {
    if (error instanceof AccessDenied) throw error;
    throw refusal('it is malformed');
  }
  throw refusal('it has no issuer or no audience');
}

/** Tokens need not name their key: then each that fits is tried. */
async function verify(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      const verified = await jwtVerify(token, key, options).catch(unlessOtherKey);
      if (verified) return verified.payload;
    }
    throw new errors.JWSSignatureVerificationFailed();
  }
}

function unlessOtherKey(error: unknown): undefined {
  if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} does not hold`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JWKSNoMatchingKey) return 'its issuer has no such key';
  return 'it is malformed';
}

const refusal = (reason: string): AccessDenied =>
  new AccessDenied('UNAUTHENTICATED', `The token is not accepted: ${reason}.`);
