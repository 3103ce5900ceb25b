import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import type { Person } from '../person.js';
import { PersonsService } from '../persons.service.js';
import type { AgentObject } from './agent.graphql.js';
import { agentOf, agentView, referenceOf } from './agent.view.js';
import { MergePersonsInput, PersonInput, SplitPersonInput } from './person-input.graphql.js';
import {
  MergePersonsResult,
  PersonChangeConnection,
  PersonConnection,
  PersonObject,
  SplitPersonResult,
} from './person.graphql.js';
import type { PersonChangeObject } from './person.graphql.js';
import { changeView } from './person.view.js';
import { PersonNameLoaders } from './person-name-loaders.js';

@Resolver(() => PersonObject)
export class PersonResolver {
  constructor(
    private readonly service: PersonsService,
    private readonly loaders: PersonNameLoaders,
  ) {}

  @Query(() => PersonObject, {
    nullable: true,
    description: 'A person; null when there is none with the id, or the identity is in none. Scope: RECORDS_READ.',
  })
  async person(
    @CurrentPrincipal() principal: Principal,
    @Args('person', { type: () => PersonInput, description: 'Which.' }) person: PersonInput,
  ): Promise<Person | null> {
    return (await this.service.find(principal, referenceOf(person))) ?? null;
  }

  @Query(() => PersonConnection, {
    description: 'Persons that identities were merged into, the oldest first. Scope: RECORDS_READ.',
  })
  async persons(@CurrentPrincipal() principal: Principal, @Args() page: ConnectionArgs): Promise<Connection<Person>> {
    return toConnection(succeeded(await this.service.list(principal, page)), () => this.service.count(principal));
  }

  @Mutation(() => MergePersonsResult, {
    description:
      'Says that identities and persons are one person. Doing it again changes nothing. Statements are not changed. Scope: ADMIN.',
  })
  async mergePersons(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'Who is one person.' }) { identities, personIds, reason }: MergePersonsInput,
  ): Promise<object | UserError> {
    const request = { identities: identities.map(agentOf), personIds: lower(personIds), reason: reason ?? undefined };
    return mapSuccess(await this.service.merge(principal, request), ({ person, change }) => ({
      person,
      change: change && changeView(change),
    }));
  }

  @Mutation(() => SplitPersonResult, {
    description: 'Takes identities out of a person again: they are another person. Scope: ADMIN.',
  })
  async splitPerson(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'Who is another person.' }) { personId, identities, reason }: SplitPersonInput,
  ): Promise<object | UserError> {
    const request = {
      personId: personId.toLowerCase(),
      identities: identities.map(agentOf),
      reason: reason ?? undefined,
    };
    return mapSuccess(await this.service.split(principal, request), ({ change, ...persons }) => ({
      ...persons,
      change: changeView(change),
    }));
  }

  @ResolveField()
  identities(@Parent() { identities }: Person): AgentObject[] {
    return identities.filter(({ implied }) => !implied).map(({ actor }) => agentView(actor));
  }

  @ResolveField()
  names(
    @Parent() { identities }: Person,
    @CurrentPrincipal() { organizationId }: Principal,
    @Context() operation: object,
  ): Promise<string[]> {
    return this.loaders.namesOf(operation, organizationId, identities);
  }

  @ResolveField(() => PersonChangeConnection, { description: 'Merges and splits, the latest first.' })
  async changes(
    @Parent() { id }: Person,
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<PersonChangeObject>> {
    const found = succeeded(await this.service.history(principal, id, page));
    const shown = { ...found, items: found.items.map(changeView) };
    return toConnection(shown, () => this.service.countHistory(principal, id));
  }
}

const lower = (ids: readonly string[]): string[] => ids.map((id) => id.toLowerCase());
