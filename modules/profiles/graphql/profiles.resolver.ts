import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection, type Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { ChecksService } from '../checks.service.js';
import { ProfileLibrary } from '../library/profile-library.js';
import { ProfilesService, type UploadedProfile } from '../library/profiles.service.js';
import type { ProfileEntry } from '../library/stored-profile.js';
import { wordsOf } from '../profile/profile.js';
import { CheckStatementInput, CheckStatementResult, type ProfileVerdictObject } from './check.graphql.js';
import {
  RemoveProfileResult,
  StatementTemplateObject,
  UploadProfileInput,
  UploadProfileResult,
  XapiProfileConnection,
  XapiProfileObject,
} from './profile.graphql.js';

@Resolver(() => XapiProfileObject)
export class ProfilesResolver {
  constructor(
    private readonly profiles: ProfilesService,
    private readonly library: ProfileLibrary,
    private readonly checks: ChecksService,
  ) {}

  @Query(() => [XapiProfileObject], { description: 'The xAPI profiles that come with the service. Scope: ADMIN.' })
  bundledProfiles(@CurrentPrincipal() principal: Principal): ProfileEntry[] {
    return this.profiles.bundled(principal);
  }

  @Query(() => XapiProfileConnection, {
    description: 'The xAPI profiles that your organization has uploaded, each version by itself. Scope: ADMIN.',
  })
  async uploadedProfiles(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<ProfileEntry>> {
    const profiles = succeeded(await this.profiles.page(principal, page));
    return toConnection<ProfileEntry>(profiles, () => this.profiles.count(principal));
  }

  @Query(() => XapiProfileObject, {
    nullable: true,
    description:
      'The xAPI profile with this IRI of a version, or the newest version of the profile with it. Scope: ADMIN.',
  })
  async xapiProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('iri', { description: 'IRI of a version or of a profile.' }) iri: string,
  ): Promise<ProfileEntry | null> {
    return (await this.profiles.find(principal, iri)) ?? null;
  }

  @Query(() => CheckStatementResult, {
    description: 'Tries a statement against xAPI profiles. Nothing is kept. Any key may ask but those of packages.',
  })
  async checkStatement(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The statement and the profiles.' }) input: CheckStatementInput,
  ): Promise<{ valid: boolean; verdicts: Omit<ProfileVerdictObject, 'problems'>[] } | UserError> {
    const answer = await this.checks.check(principal, { ...input, profiles: input.profiles ?? undefined });
    return mapSuccess(answer, (verdicts) => ({
      valid: verdicts.every(({ outcome }) => outcome !== 'INVALID'),
      verdicts: verdicts.map(({ profile, ...verdict }) => {
        return { ...verdict, profileId: profile.id, version: profile.version, templates: [...verdict.templates] };
      }),
    }));
  }

  @Mutation(() => UploadProfileResult, { description: 'Adds a version of an xAPI profile. Scope: ADMIN.' })
  uploadProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The profile.' }) input: UploadProfileInput,
  ): Promise<UploadedProfile | UserError> {
    return this.profiles.upload(principal, input.json);
  }

  @Mutation(() => RemoveProfileResult, {
    description: 'Removes a version of an xAPI profile that no policy uses. Scope: ADMIN.',
  })
  removeProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('version', { description: 'IRI of the version.' }) version: string,
  ): Promise<ProfileEntry | UserError> {
    return this.profiles.remove(principal, version);
  }

  @ResolveField(() => [StatementTemplateObject])
  templates(@Parent() entry: ProfileEntry): StatementTemplateObject[] {
    return this.library.profileOf(entry).templates.map(({ id, name, deprecated, determining }) => {
      const { verb, objectActivityType } = determining;
      return { id, name: wordsOf(name), deprecated, verb, objectActivityType };
    });
  }
}
