import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { NotFound, ValidationFailed } from '../../src/platform/errors.js';
import type { Actor } from '../lrs/index.js';
import { mergeOf, MOST_IDENTITIES, problemsOfMerge, splitOf } from './merging.js';
import type { Merge } from './merging.js';
import { PersonChangeStore } from './person-change.store.js';
import { PersonIdentities } from './person-identities.js';
import { PersonStore } from './person.store.js';
import { doerOf, identitiesOf } from './person.js';
import type { Person, PersonChange, PersonReference } from './person.js';

export interface MergeRequest {
  readonly identities: readonly Actor[];
  readonly personIds: readonly string[];
  readonly reason: string | undefined;
}

export interface SplitRequest {
  readonly personId: string;
  readonly identities: readonly Actor[];
  readonly reason: string | undefined;
}

/** Saying which identities are one person. Statements are not changed by it. */
@Injectable()
export class PersonsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly persons: PersonStore,
    private readonly changes: PersonChangeStore,
    private readonly identities: PersonIdentities,
  ) {}

  /**
   * Makes one person of identities and persons. Persons that have one of the identities come along; the oldest stays. When
   * they are one already, nothing happens.
   *
   * @returns the person, and the change that was noted, if there was one
   * @throws AccessDenied without the scope `admin`
   */
  async merge(
    principal: Principal,
    request: MergeRequest,
  ): Promise<{ person: Person; change: PersonChange | undefined } | NotFound | ValidationFailed> {
    requireScope(principal, 'admin');
    const problems = [...problemsOfMerge(request.identities, request.personIds)];
    if (problems.length > 0) return new ValidationFailed(problems);
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      await this.persons.lock(organizationId);
      const persons = await this.touchedBy(organizationId, request);
      if (persons instanceof NotFound) return persons;
      const merge = mergeOf(persons, request.identities);
      const { into, added } = merge;
      if (into && added.length === 0 && merge.others.length === 0) return { person: into, change: undefined };
      if ((into?.identities.length ?? 0) + added.length > MOST_IDENTITIES) return tooMany();
      return this.write(principal, merge, request.reason);
    });
  }

  /**
   * Takes identities out of a person; together they are another person from then on.
   *
   * @throws AccessDenied without the scope `admin`
   */
  async split(
    principal: Principal,
    { personId, identities, reason }: SplitRequest,
  ): Promise<{ person: Person; splitOff: Person; change: PersonChange } | NotFound | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      await this.persons.lock(organizationId);
      const person = await this.persons.find(organizationId, personId);
      if (!person) return new NotFound('Person', personId, ['personId']);
      const split = splitOf(person, identities);
      if ('problems' in split) return new ValidationFailed(split.problems);
      const newId = uuidV7();
      await this.persons.add(organizationId, newId);
      await this.persons.assign(organizationId, newId, split.leaving);
      const change = await this.changes.add(organizationId, {
        id: uuidV7(),
        personId: person.id,
        kind: 'SPLIT',
        identities: split.leaving.map(({ actor }) => actor),
        otherIds: [newId],
        doer: doerOf(principal),
        reason,
      });
      await this.persons.assign(organizationId, person.id, []);
      return {
        person: (await this.persons.find(organizationId, person.id))!,
        splitOff: (await this.persons.find(organizationId, newId))!,
        change,
      };
    });
  }

  /** @throws AccessDenied without the scope `records:read` */
  async find(principal: Principal, reference: PersonReference): Promise<Person | undefined> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.identities.personOf(organizationId, reference));
  }

  /** @throws AccessDenied without the scope `records:read` */
  list(principal: Principal, page: PageRequest): Promise<Page<Person> | ValidationFailed> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.persons.page(organizationId, page));
  }

  count({ organizationId }: Principal): Promise<number> {
    return this.unitOfWork.read(organizationId, () => this.persons.count(organizationId));
  }

  /** The latest first. @throws AccessDenied without the scope `records:read` */
  history(principal: Principal, personId: string, page: PageRequest): Promise<Page<PersonChange> | ValidationFailed> {
    requireScope(principal, 'records:read');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.changes.page(organizationId, personId, page));
  }

  countHistory({ organizationId }: Principal, personId: string): Promise<number> {
    return this.unitOfWork.read(organizationId, () => this.changes.count(organizationId, personId));
  }

  /** Those that are named, and those that have one of the identities, each once and the oldest first. */
  private async touchedBy(
    organizationId: string,
    { identities, personIds }: MergeRequest,
  ): Promise<Person[] | NotFound> {
    const touched = new Map<string, Person>();
    for (const [index, id] of personIds.entries()) {
      const person = await this.persons.find(organizationId, id);
      if (!person) return new NotFound('Person', id, ['personIds', String(index)]);
      touched.set(person.id, person);
    }
    const keys = identities.flatMap(identitiesOf).map(({ key }) => key);
    for (const person of await this.persons.withKeys(organizationId, keys)) touched.set(person.id, person);
    return [...touched.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  private async write(
    principal: Principal,
    { into, others, added }: Merge,
    reason: string | undefined,
  ): Promise<{ person: Person; change: PersonChange }> {
    const { organizationId } = principal;
    const personId = into?.id ?? uuidV7();
    const otherIds = others.map(({ id }) => id);
    if (!into) await this.persons.add(organizationId, personId);
    await this.persons.assign(organizationId, personId, added);
    await this.persons.mergeInto(organizationId, otherIds, personId);
    const change = await this.changes.add(organizationId, {
      id: uuidV7(),
      personId,
      kind: 'MERGE',
      identities: added.map(({ actor }) => actor),
      otherIds,
      doer: doerOf(principal),
      reason,
    });
    return { person: (await this.persons.find(organizationId, personId))!, change };
  }
}

const tooMany = () =>
  new ValidationFailed([
    { code: 'TOO_MANY', message: `A person has at most ${MOST_IDENTITIES} identities.`, path: ['identities'] },
  ]);
