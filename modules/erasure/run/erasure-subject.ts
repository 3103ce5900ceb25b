import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { SealedSecrets } from '../../../src/platform/secrets/sealed-secrets.js';
import { CatalogService, isPseudonym, keyOfAgent, tracesOf } from '../../lrs/index.js';
import type { IdentityToErase, PersonToErase } from '../../lrs/index.js';
import { PersonIdentities } from '../../persons/index.js';
import type { PersonReference } from '../../persons/index.js';
import { sealPlaceOf } from '../erasure.js';
import type { Erasure } from '../erasure.js';
import { ErasureStore } from '../erasure.store.js';

/** Whom an erasure is about. */
@Injectable()
export class ErasureSubject {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly secrets: SealedSecrets,
    private readonly catalog: CatalogService,
    private readonly persons: PersonIdentities,
  ) {}

  /**
   * All identities of a person, with new pseudonyms. Those that are pseudonyms themselves are left out: they are nobody any
   * more. Inside a unit of work.
   */
  async identitiesOf(
    organizationId: string,
    reference: PersonReference,
  ): Promise<readonly IdentityToErase[] | NotFound | ValidationFailed> {
    const known = await this.persons.identitiesOf(organizationId, reference);
    if (known.length === 0 && 'id' in reference) return new NotFound('Person', reference.id, ['person', 'id']);
    const identities = known.filter(({ actor }) => !isPseudonym(actor));
    if (identities.length > 0) return identities.map(({ actor }) => ({ actor, pseudonym: randomUUID() }));
    const message = 'This person was erased before: there are only pseudonyms.';
    return new ValidationFailed([{ code: 'ERASED', message, path: ['person'] }]);
  }

  /**
   * The person as steps need to know it.
   *
   * @throws SealBroken when the installation secret that it was asked for with is not configured any more
   */
  of(organizationId: string, { id, content, before }: Erasure): Promise<PersonToErase> {
    return this.unitOfWork.read(organizationId, async () => {
      const sealed = await this.erasures.identities(organizationId, id);
      const identities = JSON.parse(this.secrets.open(sealed!, sealPlaceOf(organizationId, id))) as IdentityToErase[];
      const traces = await this.tracesOf(organizationId, identities);
      return { organizationId, identities, content, before: before!, traces };
    });
  }

  /** Texts by which the person is known, names that statements have included. */
  async tracesOf(organizationId: string, identities: readonly IdentityToErase[]): Promise<string[]> {
    const keys = identities.map(({ actor }) => keyOfAgent(actor));
    return tracesOf(identities, await this.catalog.namesOf(organizationId, keys));
  }
}
