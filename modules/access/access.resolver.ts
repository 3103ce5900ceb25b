import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { UserError } from '../../src/platform/errors.js';
import { ConnectionArgs } from '../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../src/platform/graphql/connection.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../src/platform/graphql/result-union.js';
import {
  ApiKeyConnection,
  ApiKeyObject,
  CreateApiKeyInput,
  CreateApiKeyResult,
  CreateOrganizationInput,
  CreateOrganizationResult,
  OrganizationObject,
  RevokeApiKeyResult,
  ViewerObject,
} from './access.graphql.js';
import { AccessService, type IssuedApiKey } from './access.service.js';
import type { ApiKey } from './api-key.js';
import type { Organization } from './organization.js';

@Resolver(() => ApiKeyObject)
export class AccessResolver {
  constructor(private readonly access: AccessService) {}

  @Query(() => ViewerObject, { description: 'Who is calling: the key of this request and its organization.' })
  async viewer(@CurrentPrincipal() principal: Principal): Promise<{ organization: Organization; apiKey: ApiKey }> {
    return { organization: await this.access.organization(principal), apiKey: await this.access.ownKey(principal) };
  }

  @Query(() => OrganizationObject, { description: 'The organization of the key of this request.' })
  organization(@CurrentPrincipal() principal: Principal): Promise<Organization> {
    return this.access.organization(principal);
  }

  @Query(() => ApiKeyConnection, { description: 'Keys of your organization, oldest first. Scope: ADMIN.' })
  async apiKeys(@CurrentPrincipal() principal: Principal, @Args() page: ConnectionArgs): Promise<Connection<ApiKey>> {
    const keys = succeeded(await this.access.apiKeys(principal, page));
    return toConnection(keys, () => this.access.countApiKeys(principal));
  }

  @Mutation(() => CreateApiKeyResult, {
    description:
      'Makes a key of your organization. There is no idempotencyKey: a secret is not kept, so it cannot be told again; ' +
      'revoke a key whose answer was lost. Scope: ADMIN.',
  })
  async createApiKey(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The key.' }) input: CreateApiKeyInput,
  ): Promise<unknown> {
    return mapSuccess(
      await this.access.createApiKey(principal, { ...input, expiresAt: input.expiresAt ?? undefined }),
      show,
    );
  }

  @Mutation(() => RevokeApiKeyResult, { description: 'Stops a key from working, at once and for good. Scope: ADMIN.' })
  async revokeApiKey(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'The key’s id.' }) id: string,
  ): Promise<{ apiKey: ApiKey } | UserError> {
    return mapSuccess(await this.access.revokeApiKey(principal, id), (apiKey) => ({ apiKey }));
  }

  @Mutation(() => CreateOrganizationResult, {
    description:
      'Creates an organization with its first administrator’s key, shown this once. For administrators of the ' +
      'installation: keys of the default organization. Scope: ADMIN.',
  })
  async createOrganization(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The organization.' }) input: CreateOrganizationInput,
  ): Promise<unknown> {
    return show(await this.access.createOrganization(principal, input));
  }

  @ResolveField(() => ID, { nullable: true })
  courseId(@Parent() key: ApiKey): string | undefined {
    return key.restriction?.courseId;
  }
}

function show<Issued extends IssuedApiKey>(issued: Issued): Issued & { credentials: string } {
  return { ...issued, credentials: `${issued.apiKey.id}:${issued.secret}` };
}
