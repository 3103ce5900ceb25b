import { Injectable } from '@nestjs/common';
import type { Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { NotFound } from '../../src/platform/errors.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { QUEUE_ATTEMPTS } from '../../src/platform/jobs/resumable-job.js';
import { SealedSecrets } from '../../src/platform/secrets/sealed-secrets.js';
import { ErasedIdentities } from '../lrs/index.js';
import type { ErasedContent, IdentityToErase } from '../lrs/index.js';
import { requesterOf, sealPlaceOf } from './erasure.js';
import type { Erasure } from './erasure.js';
import { ErasureStore } from './erasure.store.js';

export const ERASE_PERSON = 'erase-person';

/** Milliseconds after which an erasure that waits for others looks again. */
const LOOK_AGAIN = 2_000;

/** Where erasures wait for their job. Those of an organization come one after the other. */
@Injectable()
export class ErasureQueue {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly erased: ErasedIdentities,
    private readonly secrets: SealedSecrets,
    private readonly jobs: Jobs,
  ) {}

  /** Inside a unit of work. */
  async add(principal: Principal, identities: readonly IdentityToErase[], content: ErasedContent): Promise<Erasure> {
    const { organizationId } = principal;
    const id = uuidV7();
    const sealed = this.secrets.seal(JSON.stringify(identities), sealPlaceOf(organizationId, id));
    const added = await this.erasures.add(organizationId, { id, content, requester: requesterOf(principal) }, sealed);
    await this.erased.add(
      organizationId,
      identities.map(({ actor, pseudonym }) => ({
        erasureId: id,
        hash: this.erased.hashOf(organizationId, actor),
        pseudonym,
        content,
      })),
    );
    await this.enqueue(organizationId, id);
    return added;
  }

  /** Inside a unit of work: its job runs again in a while. */
  lookAgain(organizationId: string, id: string): Promise<void> {
    return this.enqueue(organizationId, id, new Date(Date.now() + LOOK_AGAIN));
  }

  find(organizationId: string, id: string): Promise<Erasure | NotFound> {
    return this.unitOfWork.read(
      organizationId,
      async () => (await this.erasures.find(organizationId, id)) ?? new NotFound('Erasure', id, ['id']),
    );
  }

  withIds(organizationId: string, ids: readonly string[]): Promise<Erasure[]> {
    return this.unitOfWork.read(organizationId, () => this.erasures.withIds(organizationId, ids));
  }

  page(organizationId: string, request: PageRequest): Promise<Page<Erasure> | ValidationFailed> {
    return this.unitOfWork.read(organizationId, () => this.erasures.page(organizationId, request));
  }

  count(organizationId: string): Promise<number> {
    return this.unitOfWork.read(organizationId, () => this.erasures.count(organizationId));
  }

  private async enqueue(organizationId: string, erasureId: string, runAt?: Date): Promise<void> {
    await this.jobs.enqueue(
      ERASE_PERSON,
      { organizationId, erasureId },
      {
        jobKey: `${ERASE_PERSON} ${erasureId}`,
        queue: `${ERASE_PERSON} ${organizationId}`,
        maxAttempts: QUEUE_ATTEMPTS,
        ...(runAt && { runAt }),
      },
    );
  }
}
