import { Injectable } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { FollowedProgress } from '../../../src/platform/jobs/followed-progress.js';
import type { ErasureStep, PersonToErase } from '../../lrs/index.js';
import { isFinished } from '../erasure.js';
import type { Erasure } from '../erasure.js';
import { ErasureStore } from '../erasure.store.js';

/** How far an erasure is. */
@Injectable()
export class ErasureProgress extends FollowedProgress<Erasure> {
  constructor(
    unitOfWork: UnitOfWork,
    notifications: Notifications,
    private readonly erasures: ErasureStore,
  ) {
    const find: ErasureStore['find'] = (...args) => erasures.find(...args);
    super(unitOfWork, notifications, { name: 'Erasure', topic: 'erasure', find, isFinished });
  }

  /**
   * Does one batch of a step and moves the checkpoint, in one transaction: what was done is counted exactly once.
   *
   * @returns where the step goes on; undefined when it has nothing left
   */
  advance(
    person: PersonToErase,
    id: string,
    step: ErasureStep,
    after: string | undefined,
  ): Promise<string | undefined> {
    const { organizationId } = person;
    return this.change(organizationId, id, async () => {
      const { counts, next } = await step.erase(person, after);
      await this.erasures.advance(organizationId, id, { step: step.name, after: next, counts });
      return next;
    });
  }

  /** The step is done, with what lies outside of the database. */
  passTo(organizationId: string, id: string, step: ErasureStep): Promise<void> {
    return this.change(organizationId, id, () =>
      this.erasures.advance(organizationId, id, { step: step.name, after: undefined, counts: {} }),
    );
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  noteError(organizationId: string, id: string, error: string): Promise<void> {
    return this.change(organizationId, id, () => this.erasures.setError(organizationId, id, error));
  }
}
