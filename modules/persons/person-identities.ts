import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { PersonDirectory } from '../lrs/index.js';
import type { Actor, KnownPerson } from '../lrs/index.js';
import { PersonStore } from './person.store.js';
import { identitiesOf } from './person.js';
import type { Person, PersonIdentity, PersonReference } from './person.js';

/** Who is the same person, for other modules. Inside a unit of work. */
@Injectable()
export class PersonIdentities implements OnModuleInit {
  constructor(
    private readonly directory: PersonDirectory,
    private readonly persons: PersonStore,
  ) {}

  onModuleInit(): void {
    this.directory.use((organizationId, agentKey) => this.known(organizationId, agentKey));
  }

  /** Nobody else merges or splits persons of the organization, or asks for them to be erased, until the unit of work ends. */
  lock(organizationId: string): Promise<void> {
    return this.persons.lock(organizationId);
  }

  /** Undefined when there is no person with the id, or the agent belongs to none. */
  async personOf(organizationId: string, reference: PersonReference): Promise<Person | undefined> {
    if ('id' in reference) return this.persons.find(organizationId, reference.id);
    const keys = identitiesOf(reference.agent).map(({ key }) => key);
    return (await this.persons.withKeys(organizationId, keys))[0];
  }

  /** All identities of the person, what follows from them included; of an agent that is in no person, those alone. */
  async identitiesOf(organizationId: string, reference: PersonReference): Promise<readonly PersonIdentity[]> {
    const own = 'agent' in reference ? identitiesOf(reference.agent) : [];
    const person = await this.personOf(organizationId, reference);
    const all = [...(person?.identities ?? []), ...own];
    return [...new Map(all.map((identity) => [identity.key, identity])).values()];
  }

  /** Keys by which statements name any of the persons. */
  async keysOf(organizationId: string, references: readonly PersonReference[]): Promise<string[]> {
    const keys = new Set<string>();
    for (const reference of references) {
      for (const { key } of await this.identitiesOf(organizationId, reference)) keys.add(key);
    }
    return [...keys];
  }

  private async known(organizationId: string, agentKey: string): Promise<KnownPerson> {
    const [person] = await this.persons.withKeys(organizationId, [agentKey]);
    const identities = person?.identities ?? [];
    return {
      identities: identities.filter(({ implied }) => !implied).map(({ actor }): Actor => actor),
      keys: identities.map(({ key }) => key),
    };
  }
}
