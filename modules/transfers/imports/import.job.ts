import { Injectable } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { BlobMissing, BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { TransferJob } from '../transfer-job.js';
import { ImportProgress } from './import-progress.js';
import { IMPORT_STATEMENTS } from './import-queue.js';
import { ImportRunner } from './import-runner.js';
import { blobKeyOf, principalOf } from './statement-import.js';
import type { StatementImport } from './statement-import.js';

/** The job that imports a file. Run again after a crash, it goes on from the checkpoint. */
@Injectable()
export class ImportJob extends TransferJob<StatementImport> {
  readonly task = IMPORT_STATEMENTS;

  constructor(
    jobs: JobRunner,
    private readonly progress: ImportProgress,
    private readonly runner: ImportRunner,
    private readonly storage: BlobStorage,
  ) {
    super(jobs);
  }

  protected override begin(organizationId: string, id: string): Promise<StatementImport | undefined> {
    return this.progress.begin(organizationId, id);
  }

  protected override async run(organizationId: string, begun: StatementImport): Promise<boolean> {
    const principal = principalOf(organizationId, await this.progress.importerOf(organizationId, begun.id));
    for await (const { share, ...step } of this.runner.run(principal, begun)) {
      const progress = Math.min(99, Math.floor(share * 100));
      if (!(await this.progress.advance(organizationId, begun.id, { ...step, progress }))) return false;
      this.goOn();
    }
    return true;
  }

  protected override async end(
    organizationId: string,
    id: string,
    status: 'DONE' | 'FAILED',
    error?: string,
  ): Promise<void> {
    await this.progress.end(organizationId, id, status, error);
    await this.storage.delete(blobKeyOf(organizationId, id));
  }

  protected override pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.progress.pause(organizationId, id, error);
  }

  /** Who cancels an import deletes its file, too; unless that was cut off. */
  protected override leave(organizationId: string, id: string): Promise<void> {
    return this.storage.delete(blobKeyOf(organizationId, id));
  }

  /** What is wrong with the file; undefined when it is not the file. */
  protected override reasonOf(error: unknown): string | undefined {
    if (error instanceof BlobMissing) return 'The file is not in the storage any more.';
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
    return `The file is damaged: it is no whole gzip file (${code}). What comes before the damage is stored.`;
  }
}
