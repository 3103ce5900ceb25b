import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound, UserError, ValidationFailed, type Problem } from '../../src/platform/errors.js';
import { Idempotency } from '../../src/platform/graphql/idempotency/idempotency.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { BUILD_PACKAGE, MAXIMUM_ATTEMPTS } from './build/package-job.js';
import { PackagePlanner } from './build/package-planner.js';
import type { CoursePackage } from './package.js';
import { PackageStore } from './package.store.js';
import type { PackageRequest } from './build/recipe.js';

/** A package that is there or on its way, and what its maker should know. */
export interface ExportedPackage {
  readonly package: CoursePackage;
  readonly warnings: readonly Problem[];
}

/** Refuses callers that may neither author nor publish. */
export function requirePackageReader(principal: Principal): void {
  if (!principal.scopes.has('author')) requireScope(principal, 'publish');
}

/** Asking for packages and finding them. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly planner: PackagePlanner,
    private readonly packages: PackageStore,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Scope `publish`. Asks for a package of a published version; a job makes it. When the same bytes are there or on their
   * way already, that package is the answer.
   */
  exportPackage(
    principal: Principal,
    request: PackageRequest,
    idempotencyKey?: string | null,
  ): Promise<ExportedPackage | NotFound | ValidationFailed | Conflict> {
    requireScope(principal, 'publish');
    const { organizationId } = principal;
    return this.idempotency.run<ExportedPackage | NotFound | ValidationFailed>(
      principal,
      idempotencyKey,
      'exportPackage',
      request,
      async () => {
        const plan = await this.planner.plan(organizationId, request);
        if (plan instanceof UserError) return plan;
        const { added, ...found } = await this.packages.addOrFind(plan.wanted);
        if (added) await this.enqueue(organizationId, found.id);
        return { package: found, warnings: plan.warnings };
      },
    );
  }

  /** Scope `author` or `publish`. */
  find(principal: Principal, id: string): Promise<CoursePackage | NotFound> {
    requirePackageReader(principal);
    return this.unitOfWork.read(
      principal.organizationId,
      async () => (await this.packages.find(id)) ?? new NotFound('Package', id, ['id']),
    );
  }

  /** Scope `author` or `publish`. The newest first; of all versions when none is given. */
  list(principal: Principal, page: PageRequest, versionId?: string): Promise<Page<CoursePackage> | ValidationFailed> {
    requirePackageReader(principal);
    return this.unitOfWork.read(principal.organizationId, () => this.packages.page(page, versionId));
  }

  /** Scope `author` or `publish`. */
  count(principal: Principal, versionId?: string): Promise<number> {
    requirePackageReader(principal);
    return this.unitOfWork.read(principal.organizationId, () => this.packages.count(versionId));
  }

  /** One attempt more than the job makes: the last one notes that all were interrupted. */
  private enqueue(organizationId: string, packageId: string): Promise<void> {
    const options = { jobKey: `${BUILD_PACKAGE} ${packageId}`, maxAttempts: MAXIMUM_ATTEMPTS + 1 };
    return this.jobs.enqueue(BUILD_PACKAGE, { organizationId, packageId }, options);
  }
}
