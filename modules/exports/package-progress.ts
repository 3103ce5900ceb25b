import { Injectable } from '@nestjs/common';
import { follow, until } from '../../src/platform/database/follow.js';
import { Notifications } from '../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { isFinished, topicOf, type CoursePackage } from './package.js';
import { PackageStore } from './package.store.js';

/** How far a package is: written by the job that makes it, followed by those who wait for it. */
@Injectable()
export class PackageProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly packages: PackageStore,
    private readonly notifications: Notifications,
  ) {}

  /** Begins an attempt; undefined when the package is finished already. */
  begin(organizationId: string, id: string): Promise<CoursePackage | undefined> {
    return this.write(organizationId, id, () => this.packages.begin(id));
  }

  /** @param percent 0 to 100 */
  advance(organizationId: string, id: string, percent: number): Promise<void> {
    return this.write(organizationId, id, () => this.packages.setProgress(id, percent));
  }

  finish(organizationId: string, id: string, zip: { bytes: number; sha256: string }): Promise<void> {
    return this.write(organizationId, id, () => this.packages.finish(id, zip));
  }

  /** An attempt came to nothing: for good, or until the next one. */
  fail(organizationId: string, id: string, reason: string, outlook: { forGood: boolean }): Promise<void> {
    return this.write(organizationId, id, () => this.packages.fail(id, reason, outlook));
  }

  /** The package now and after each change, until it is finished. It must exist. */
  async follow(organizationId: string, id: string): Promise<AsyncIterableIterator<CoursePackage>> {
    const messages = await this.notifications.subscribe(topicOf(id));
    const states = follow(messages, async () => {
      const found = await this.unitOfWork.read(organizationId, () => this.packages.find(id));
      if (!found) throw new Error(`The package ${id} is gone.`);
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
