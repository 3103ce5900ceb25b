import type { Scope } from '../../../src/platform/access/principal.js';

/** An issuer of OAuth tokens that an organization trusts, for one audience. */
export interface TokenIssuer {
  readonly id: string;
  readonly organizationId: string;
  /** What it is, in the organization's words. */
  readonly name: string;
  /** `iss` of its tokens. */
  readonly issuer: string;
  /** `aud` of the tokens that are meant for this service. No two issuers of an installation have both the same. */
  readonly audience: string;
  /** Where its keys are; undefined: where its discovery document says. */
  readonly jwksUrl?: string | undefined;
  /** The most that its tokens may do. */
  readonly scopes: readonly Scope[];
  /** The claims that name scopes, client and user; undefined: those of RFC 9068, and what else is in wide use. */
  readonly scopeClaim?: string | undefined;
  readonly clientClaim?: string | undefined;
  readonly userClaim?: string | undefined;
  /** What its names of scopes have before ours. */
  readonly scopePrefix: string;
  /** Its tokens may say who asserts the statements that come with them. */
  readonly trusted: boolean;
  /** Of each of its clients. Undefined: what the setting RATE_LIMIT_PER_MINUTE says. */
  readonly requestsPerMinute?: number | undefined;
  readonly enabled: boolean;
  /** Counts the changes. */
  readonly revision: number;
  readonly createdAt: Date;
}
