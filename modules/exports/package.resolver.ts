import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { NotFound, type UserError } from '../../src/platform/errors.js';
import { toConnection, type Connection } from '../../src/platform/graphql/connection.js';
import { DownloadLinks } from '../../src/platform/http/downloads/download-links.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../src/platform/graphql/uuid.pipe.js';
import { CourseVersionObject, type CourseVersion } from '../publishing/index.js';
import { ExportsService, type ExportedPackage } from './exports.service.js';
import { PackageKeysService } from './package-keys.service.js';
import { PackageProgress } from './package-progress.js';
import { ExportPackageResult, PackageConnection, PackageObject, RevokePackageKeyResult } from './package.graphql.js';
import { ExportPackageInput, PackagesArgs } from './package-input.graphql.js';
import { optionsOf } from './package-options.js';
import type { CoursePackage } from './package.js';
import { VersionLoader } from './version-loader.js';

@Resolver(() => PackageObject)
export class PackageResolver {
  constructor(
    private readonly exports: ExportsService,
    private readonly keys: PackageKeysService,
    private readonly progress: PackageProgress,
    private readonly links: DownloadLinks,
    private readonly versions: VersionLoader,
  ) {}

  @Query(() => PackageObject, {
    nullable: true,
    description: 'One package; null when there is none with this id. Scope: AUTHOR or PUBLISH.',
  })
  async package(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the package.' }, UuidPipe) id: string,
  ): Promise<CoursePackage | null> {
    const found = await this.exports.find(principal, id);
    return found instanceof NotFound ? null : found;
  }

  @Query(() => PackageConnection, { description: 'Packages, the newest first. Scope: AUTHOR or PUBLISH.' })
  async packages(
    @CurrentPrincipal() principal: Principal,
    @Args() { versionId, ...page }: PackagesArgs,
  ): Promise<Connection<CoursePackage>> {
    const version = versionId ?? undefined;
    const found = succeeded(await this.exports.list(principal, page, version));
    return toConnection(found, () => this.exports.count(principal, version));
  }

  @Mutation(() => ExportPackageResult, {
    description:
      'Asks for a package of a published version; a job makes it. The same version with the same options gives the same ' +
      'bytes, so a package that has them already, or is getting them, is the answer. Scope: PUBLISH.',
  })
  exportPackage(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The package.' }) input: ExportPackageInput,
  ): Promise<ExportedPackage | UserError> {
    const { versionId, format, options, idempotencyKey } = input;
    return this.exports.exportPackage(principal, { versionId, format, options: optionsOf(options) }, idempotencyKey);
  }

  @Mutation(() => RevokePackageKeyResult, {
    description:
      'Stops a package from reporting to the LRS, at once and for good; the course in it keeps working. Every package ' +
      'that was exported with the same options carries the same key. Scope: PUBLISH.',
  })
  async revokePackageKey(
    @CurrentPrincipal() principal: Principal,
    @Args('packageId', { type: () => ID, description: 'Id of the package.' }, UuidPipe) packageId: string,
  ): Promise<{ package: CoursePackage } | UserError> {
    return mapSuccess(await this.keys.revoke(principal, packageId), (revoked) => ({ package: revoked }));
  }

  @Subscription(() => PackageObject, {
    description: 'A package now and whenever something changes, until it is DONE or FAILED. Scope: AUTHOR or PUBLISH.',
    resolve: (state: CoursePackage) => state,
  })
  async packageProgress(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the package.' }, UuidPipe) id: string,
  ): Promise<AsyncIterableIterator<CoursePackage>> {
    succeeded(await this.exports.find(principal, id));
    return this.progress.follow(principal.organizationId, id);
  }

  @ResolveField(() => CourseVersionObject, { description: 'The version that is in it.' })
  version(
    @Parent() { versionId }: CoursePackage,
    @CurrentPrincipal() principal: Principal,
    @Context() operation: object,
  ): Promise<CourseVersion> {
    return this.versions.load(operation, principal.organizationId, versionId);
  }

  @ResolveField(() => String, { nullable: true })
  url(
    @Parent() { id, status, fileName }: CoursePackage,
    @CurrentPrincipal() { organizationId }: Principal,
  ): string | undefined {
    return status === 'DONE' ? this.links.of('packages', { organizationId, id }, fileName) : undefined;
  }
}
