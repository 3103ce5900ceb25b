import { Injectable } from '@nestjs/common';
import { requireScope } from '../../src/platform/access/principal.js';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound, UserError } from '../../src/platform/errors.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import { ErasedIdentities } from '../lrs/index.js';
import type { Actor, ErasedContent } from '../lrs/index.js';
import { PersonIdentities } from '../persons/index.js';
import type { PersonReference } from '../persons/index.js';
import type { Erasure } from './erasure.js';
import { ErasureQueue } from './erasure-queue.js';
import { ErasureSubject } from './run/erasure-subject.js';

/** Asking for people to be erased, and finding what was asked for. All of it needs the scope `admin`. */
@Injectable()
export class ErasuresService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly persons: PersonIdentities,
    private readonly subject: ErasureSubject,
    private readonly erased: ErasedIdentities,
    private readonly queue: ErasureQueue,
  ) {}

  /**
   * Has a job erase the person, with all identities.
   *
   * @returns Conflict when one of them is being erased at the moment
   */
  async erase(
    principal: Principal,
    reference: PersonReference,
    content: ErasedContent,
  ): Promise<Erasure | NotFound | ValidationFailed | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      await this.persons.lock(organizationId);
      const identities = await this.subject.identitiesOf(organizationId, reference);
      if (identities instanceof UserError) return identities;
      const before = await this.ofActors(
        organizationId,
        identities.map(({ actor }) => actor),
      );
      const underWay = before.find(({ status }) => status !== 'DONE');
      if (underWay) return new Conflict(`The erasure ${underWay.id} of this person is under way.`, ['person']);
      return this.queue.add(principal, identities, content);
    });
  }

  /** Erasures that the identity was part of, the newest first: whether somebody was erased. */
  async of(principal: Principal, agent: Actor): Promise<Erasure[]> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.ofActors(organizationId, [agent]));
  }

  async find(principal: Principal, id: string): Promise<Erasure | NotFound> {
    requireScope(principal, 'admin');
    return this.queue.find(principal.organizationId, id);
  }

  /** The newest first. */
  async list(principal: Principal, page: PageRequest): Promise<Page<Erasure> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.queue.page(principal.organizationId, page);
  }

  async count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.queue.count(principal.organizationId);
  }

  private async ofActors(organizationId: string, actors: readonly Actor[]): Promise<Erasure[]> {
    const erased = await this.erased.find(organizationId, actors);
    const ids = new Set(erased.map(({ erasureId }) => erasureId));
    return this.queue.withIds(organizationId, [...ids]);
  }
}
