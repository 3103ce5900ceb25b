import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound } from '../../src/platform/errors.js';
import { AccessService } from '../access/index.js';
import type { CoursePackage } from './package.js';
import { PackageStore } from './package.store.js';

/** The keys that packages out there carry. */
@Injectable()
export class PackageKeysService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly packages: PackageStore,
    private readonly access: AccessService,
  ) {}

  /**
   * Scope `publish`. From its commit on, no package with this key can report any more; the courses in them keep working. An
   * export with the same options makes a package with a new key. Revoking twice changes nothing.
   *
   * @returns Conflict for a package that does not report.
   */
  revoke(principal: Principal, packageId: string): Promise<CoursePackage | NotFound | Conflict> {
    requireScope(principal, 'publish');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      const found = await this.packages.find(packageId);
      if (!found) return new NotFound('Package', packageId, ['packageId']);
      if (!found.reporting)
        return new Conflict('This package does not report to the LRS, so it has no key.', ['packageId']);
      const { keyId } = found.reporting;
      await this.access.revokePackageKey({ organizationId, keyId });
      await this.packages.markKeyRevoked(keyId);
      return (await this.packages.find(packageId))!;
    });
  }
}
