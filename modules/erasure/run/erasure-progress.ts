import { Injectable } from '@nestjs/common';
import { follow, until } from '../../../src/platform/database/follow.js';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound } from '../../../src/platform/errors.js';
import type { ErasureStep, PersonToErase } from '../../lrs/index.js';
import { isFinished, topicOf } from '../erasure.js';
import type { Erasure } from '../erasure.js';
import { ErasureQueue } from '../erasure-queue.js';
import { ErasureStore } from '../erasure.store.js';

/** How far an erasure is: written by its job, followed by those who wait for it. */
@Injectable()
export class ErasureProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly erasures: ErasureStore,
    private readonly queue: ErasureQueue,
    private readonly notifications: Notifications,
  ) {}

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
    return this.write(organizationId, id, async () => {
      const { counts, next } = await step.erase(person, after);
      await this.erasures.advance(organizationId, id, { step: step.name, after: next, counts });
      return next;
    });
  }

  /** The step is done, with what lies outside of the database. */
  passTo(organizationId: string, id: string, step: ErasureStep): Promise<void> {
    return this.write(organizationId, id, () =>
      this.erasures.advance(organizationId, id, { step: step.name, after: undefined, counts: {} }),
    );
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  fail(organizationId: string, id: string, error: string): Promise<void> {
    return this.write(organizationId, id, () => this.erasures.setError(organizationId, id, error));
  }

  /** The erasure now and after each change, until it is done. It must exist. */
  async follow(organizationId: string, id: string): Promise<AsyncIterableIterator<Erasure>> {
    const messages = await this.notifications.subscribe(topicOf(id));
    const states = follow(messages, async () => {
      const found = await this.queue.find(organizationId, id);
      if (found instanceof NotFound) throw new Error(`The erasure ${id} is gone.`);
      return found;
    });
    return until(states, isFinished);
  }

  private write<T>(organizationId: string, id: string, change: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(organizationId, async () => {
      const result = await change();
      await this.notifications.publish(topicOf(id));
      return result;
    });
  }
}
