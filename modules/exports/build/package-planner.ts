import { Injectable } from '@nestjs/common';
import { formats } from '../../../exporters/index.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { NotFound, ValidationFailed, type Problem } from '../../../src/platform/errors.js';
import { PublishingService, type PublishedCourse } from '../../publishing/index.js';
import { PackageFiles } from './package-files.js';
import type { NewPackage } from '../package.store.js';
import { buildKeyOf, fileNameOf, recipeOf, type PackageRequest } from './recipe.js';
import { ReportingKeys } from './reporting-keys.js';

/** A package to be made, and what its maker should know. */
export interface PackagePlan {
  readonly wanted: NewPackage;
  readonly warnings: readonly Problem[];
}

/** Turns a request into a package to be made, or says what speaks against it. */
@Injectable()
export class PackagePlanner {
  constructor(
    private readonly publishing: PublishingService,
    private readonly files: PackageFiles,
    private readonly keys: ReportingKeys,
  ) {}

  /** Inside a unit of work: a package that reports gets its key here. */
  async plan(organizationId: string, request: PackageRequest): Promise<PackagePlan | NotFound | ValidationFailed> {
    const { versionId, format, options } = request;
    const version = await this.publishing.published(organizationId, versionId);
    if (version instanceof NotFound) return new NotFound('Version', versionId, ['versionId']);
    const problems = formats[format].check(version.document, options);
    if (problems.some(({ severity }) => severity === 'ERROR')) return new ValidationFailed(problems);
    return { wanted: await this.wanted(organizationId, version, request), warnings: problems };
  }

  private async wanted(organizationId: string, version: PublishedCourse, request: PackageRequest): Promise<NewPackage> {
    const { format, options } = request;
    const { document, courseId, id: versionId } = version;
    const recipe = recipeOf(request);
    const reports = options.reportTo === 'LRS';
    const reporting = reports ? await this.keys.issue({ organizationId, courseId, versionId }, recipe) : undefined;
    const content = { organizationId, document, format, options, keyId: reporting?.keyId };
    const buildKey = buildKeyOf(recipe, await this.files.fingerprint(content));
    return { id: uuidV7(), ...request, fileName: fileNameOf(document, format), recipe, buildKey, reporting };
  }
}
