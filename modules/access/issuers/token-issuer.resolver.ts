import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { CreateTokenIssuerInput, UpdateTokenIssuerInput } from './token-issuer-input.graphql.js';
import {
  CreateTokenIssuerResult,
  DeleteTokenIssuerResult,
  TokenIssuerConnection,
  TokenIssuerObject,
  UpdateTokenIssuerResult,
} from './token-issuer.graphql.js';
import type { TokenIssuer } from './token-issuer.js';
import { TokenIssuersService, type NewTokenIssuer, type UpdateTokenIssuer } from './token-issuers.service.js';

type Shown = { tokenIssuer: TokenIssuer } | UserError;

@Resolver(() => TokenIssuerObject)
export class TokenIssuerResolver {
  constructor(private readonly issuers: TokenIssuersService) {}

  @Query(() => TokenIssuerConnection, {
    description: 'Issuers of OAuth tokens that your organization accepts, oldest first. Scope: ADMIN.',
  })
  async tokenIssuers(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<TokenIssuer>> {
    const issuers = succeeded(await this.issuers.page(principal, page));
    return toConnection(issuers, () => this.issuers.count(principal));
  }

  @Mutation(() => CreateTokenIssuerResult, {
    description:
      'Accepts tokens of an issuer from now on. Its keys are fetched when the first token comes. Repeating it is ' +
      'harmless: the second is refused as a conflict. Scope: ADMIN.',
  })
  async createTokenIssuer(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The issuer.' }) input: CreateTokenIssuerInput,
  ): Promise<Shown> {
    return mapSuccess(await this.issuers.create(principal, newIssuerOf(input)), (tokenIssuer) => ({ tokenIssuer }));
  }

  @Mutation(() => UpdateTokenIssuerResult, {
    description: 'Changes an issuer, at once for all processes. Scope: ADMIN.',
  })
  async updateTokenIssuer(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The change.' }) input: UpdateTokenIssuerInput,
  ): Promise<Shown> {
    return mapSuccess(await this.issuers.update(principal, changeOf(input)), (tokenIssuer) => ({ tokenIssuer }));
  }

  @Mutation(() => DeleteTokenIssuerResult, {
    description: 'Accepts no more tokens of an issuer, at once and for good. Scope: ADMIN.',
  })
  deleteTokenIssuer(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'The issuer’s id.' }) id: string,
    @Args('expectedRevision', { type: () => Int, description: 'The revision that you have read.' })
    expectedRevision: number,
  ): Promise<{ deletedId: string } | UserError> {
    return this.issuers.delete(principal, { id, expectedRevision });
  }
}

/** Not given and null are the same in a new issuer. */
function newIssuerOf({ name, issuer, audience, scopes, ...settings }: CreateTokenIssuerInput): NewTokenIssuer {
  return {
    name,
    issuer,
    audience,
    scopes,
    jwksUrl: settings.jwksUrl ?? undefined,
    scopeClaim: settings.scopeClaim ?? undefined,
    scopePrefix: settings.scopePrefix ?? '',
    clientClaim: settings.clientClaim ?? undefined,
    userClaim: settings.userClaim ?? undefined,
    trusted: settings.trusted ?? false,
    requestsPerMinute: settings.requestsPerMinute ?? undefined,
    enabled: settings.enabled ?? true,
  };
}

/** What cannot be missing stays as it is when it is null. */
function changeOf({ name, scopes, scopePrefix, trusted, enabled, ...rest }: UpdateTokenIssuerInput): UpdateTokenIssuer {
  return {
    ...rest,
    name: name ?? undefined,
    scopes: scopes ?? undefined,
    scopePrefix: scopePrefix ?? undefined,
    trusted: trusted ?? undefined,
    enabled: enabled ?? undefined,
  };
}
