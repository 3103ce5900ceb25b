import { Injectable } from '@nestjs/common';
import { Notifications } from '../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { FollowedProgress } from '../../src/platform/jobs/followed-progress.js';
import { isFinished, type CoursePackage } from './package.js';
import { PackageStore } from './package.store.js';

/** How far a package is. */
@Injectable()
export class PackageProgress extends FollowedProgress<CoursePackage> {
  constructor(
    unitOfWork: UnitOfWork,
    notifications: Notifications,
    private readonly packages: PackageStore,
  ) {
    const find = (_: string, id: string) => packages.find(id);
    super(unitOfWork, notifications, { name: 'Package', topic: 'package', find, isFinished });
  }

  /** Begins an attempt; undefined when the package is finished already. */
  begin(organizationId: string, id: string): Promise<CoursePackage | undefined> {
    return this.change(organizationId, id, () => this.packages.begin(id));
  }

  /** @param percent 0 to 100 */
  advance(organizationId: string, id: string, percent: number): Promise<void> {
    return this.change(organizationId, id, () => this.packages.setProgress(id, percent));
  }

  finish(organizationId: string, id: string, zip: { bytes: number; sha256: string }): Promise<void> {
    return this.change(organizationId, id, () => this.packages.finish(id, zip));
  }

  /** An attempt came to nothing: for good, or until the next one. */
  fail(organizationId: string, id: string, reason: string, outlook: { forGood: boolean }): Promise<void> {
    return this.change(organizationId, id, () => this.packages.fail(id, reason, outlook));
  }
}
