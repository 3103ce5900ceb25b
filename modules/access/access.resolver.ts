import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { AccessService } from './access.service.js';
import { withCredentials } from './keys/api-key.resolver.js';
import { ApiKeysService } from './keys/api-keys.service.js';
import {
  CreateOrganizationInput,
  CreateOrganizationResult,
  OrganizationObject,
} from './organizations/organization.graphql.js';
import type { Organization } from './organizations/organization.js';
import { ViewerObject } from './viewer.graphql.js';

@Resolver()
export class AccessResolver {
  constructor(
    private readonly access: AccessService,
    private readonly keys: ApiKeysService,
  ) {}

  @Query(() => ViewerObject, { description: 'Who is calling: the key or token of this request and its organization.' })
  async viewer(@CurrentPrincipal() principal: Principal): Promise<unknown> {
    const { keyId, token } = principal;
    return {
      organization: await this.access.organization(principal),
      scopes: [...principal.scopes],
      apiKey: await this.keys.own(principal),
      token: token && { issuerId: keyId, issuer: token.issuer, client: token.client, user: token.user?.id },
    };
  }

  @Query(() => OrganizationObject, { description: 'The organization of the key of this request.' })
  organization(@CurrentPrincipal() principal: Principal): Promise<Organization> {
    return this.access.organization(principal);
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
    return withCredentials(await this.access.createOrganization(principal, input));
  }
}
