import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PackageRefused } from '../../../exporters/index.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { BlobMissing } from '../../../src/platform/storage/blob-storage.js';
import { PackageBuilder } from './package-builder.js';
import { PackageProgress } from '../package-progress.js';
import type { CoursePackage } from '../package.js';

export const BUILD_PACKAGE = 'build-package';

/** Attempts at making a package, those included that end with the process. */
export const MAXIMUM_ATTEMPTS = 5;

const PROGRESS_EVERY_MS = 500;

interface Payload {
  readonly organizationId: string;
  readonly packageId: string;
}

/** The job that makes a package. Run again after a crash, it starts from the beginning and gives the same bytes. */
@Injectable()
export class PackageJob implements JobHandler, OnModuleInit {
  readonly task = BUILD_PACKAGE;
  private readonly logger = new Logger(PackageJob.name);

  constructor(
    private readonly runner: JobRunner,
    private readonly progress: PackageProgress,
    private readonly builder: PackageBuilder,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  /** @throws what went wrong when another attempt may help. */
  async handle(payload: unknown): Promise<void> {
    const { organizationId, packageId } = payload as Payload;
    const begun = await this.progress.begin(organizationId, packageId);
    if (!begun) return;
    if (begun.attempts > MAXIMUM_ATTEMPTS) {
      const reason = begun.error ?? 'The service was stopped each time while it made the package.';
      return this.progress.fail(organizationId, packageId, reason, { forGood: true });
    }
    try {
      const zip = await this.builder.build(organizationId, begun, this.reporter(organizationId, packageId));
      await this.progress.finish(organizationId, packageId, zip);
    } catch (error) {
      await this.fail(organizationId, begun, error);
    }
  }

  private async fail(organizationId: string, { id, attempts }: CoursePackage, error: unknown): Promise<void> {
    if (error instanceof PackageRefused) {
      return this.progress.fail(organizationId, id, error.message, { forGood: true });
    }
    this.logger.error({ packageId: id, attempts, err: error });
    const forGood = attempts >= MAXIMUM_ATTEMPTS;
    await this.progress.fail(organizationId, id, reasonOf(error, id), { forGood });
    if (!forGood) throw error;
  }

  /** Notes progress, but not more often than people can follow. */
  private reporter(organizationId: string, id: string): (share: number) => Promise<void> {
    let next = Date.now() + PROGRESS_EVERY_MS;
    return async (share) => {
      if (Date.now() < next) return;
      await this.progress.advance(organizationId, id, Math.floor(share * 99));
      next = Date.now() + PROGRESS_EVERY_MS;
    };
  }
}

/** What a caller may know of an error that the log has in full. */
function reasonOf(error: unknown, packageId: string): string {
  if (error instanceof BlobMissing) return `A file of the course is not in the storage: ${error.key}.`;
  return `Making the package failed on our side; the log has it under the package's id, ${packageId}.`;
}
