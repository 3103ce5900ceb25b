import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import {
  ApiKeyConnection,
  ApiKeyObject,
  CreateApiKeyInput,
  CreateApiKeyResult,
  RevokeApiKeyResult,
  UpdateApiKeyInput,
  UpdateApiKeyResult,
} from './api-key.graphql.js';
import type { ApiKey } from './api-key.js';
import { ApiKeysService, type IssuedApiKey } from './api-keys.service.js';

@Resolver(() => ApiKeyObject)
export class ApiKeyResolver {
  constructor(private readonly keys: ApiKeysService) {}

  @Query(() => ApiKeyConnection, { description: 'Keys of your organization, oldest first. Scope: ADMIN.' })
  async apiKeys(@CurrentPrincipal() principal: Principal, @Args() page: ConnectionArgs): Promise<Connection<ApiKey>> {
    const keys = succeeded(await this.keys.page(principal, page));
    return toConnection(keys, () => this.keys.count(principal));
  }

  @Mutation(() => CreateApiKeyResult, {
    description:
      'Makes a key of your organization. There is no idempotencyKey: a secret is not kept, so it cannot be told again; ' +
      'revoke a key whose answer was lost. Scope: ADMIN.',
  })
  async createApiKey(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The key.' }) { expiresAt, requestsPerMinute, ...input }: CreateApiKeyInput,
  ): Promise<unknown> {
    const bounds = { expiresAt: expiresAt ?? undefined, requestsPerMinute: requestsPerMinute ?? undefined };
    return mapSuccess(await this.keys.create(principal, { ...input, ...bounds }), withCredentials);
  }

  @Mutation(() => UpdateApiKeyResult, {
    description:
      'Changes a key, at once for all processes; its secret stays. Of a key that a package carries only ' +
      'requestsPerMinute can be changed. Scope: ADMIN.',
  })
  async updateApiKey(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The change.' }) { name, scopes, trusted, ...input }: UpdateApiKeyInput,
  ): Promise<{ apiKey: ApiKey } | UserError> {
    const given = { name: name ?? undefined, scopes: scopes ?? undefined, trusted: trusted ?? undefined };
    return mapSuccess(await this.keys.update(principal, { ...input, ...given }), (apiKey) => ({ apiKey }));
  }

  @Mutation(() => RevokeApiKeyResult, { description: 'Stops a key from working, at once and for good. Scope: ADMIN.' })
  async revokeApiKey(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'The key’s id.' }) id: string,
  ): Promise<{ apiKey: ApiKey } | UserError> {
    return mapSuccess(await this.keys.revoke(principal, id), (apiKey) => ({ apiKey }));
  }

  @ResolveField(() => ID, { nullable: true })
  courseId(@Parent() key: ApiKey): string | undefined {
    return key.restriction?.courseId;
  }
}

/** Adds the text to send as a credential. */
export function withCredentials<Issued extends IssuedApiKey>(issued: Issued): Issued & { credentials: string } {
  return { ...issued, credentials: `${issued.apiKey.id}:${issued.secret}` };
}
