import { Injectable } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { Verdict } from '../../../src/platform/jobs/resumable-job.js';
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

  protected override async goOn(organizationId: string, begun: StatementImport): Promise<void> {
    const { id } = begun;
    const principal = principalOf(organizationId, await this.progress.importerOf(organizationId, id));
    for await (const { share, ...step } of this.runner.run(principal, begun)) {
      const progress = Math.min(99, Math.floor(share * 100));
      if (!(await this.progress.advance(organizationId, id, { ...step, progress }))) {
        return this.leave(organizationId, id);
      }
      this.checkpoint();
    }
    await this.progress.end(organizationId, id, 'DONE');
    await this.leave(organizationId, id);
  }

  protected override pause(organizationId: string, id: string, reason?: string): Promise<void> {
    return this.progress.pause(organizationId, id, reason);
  }

  protected override async fail(organizationId: string, id: string, reason: string): Promise<void> {
    await this.progress.end(organizationId, id, 'FAILED', reason);
    await this.leave(organizationId, id);
  }

  /** Nobody needs the file any more. Who cancels an import deletes it, too; unless that was cut off. */
  protected override leave(organizationId: string, id: string): Promise<void> {
    return this.storage.delete(blobKeyOf(organizationId, id));
  }

  /** What is wrong with the file. */
  protected override verdictOf(error: unknown): Verdict | undefined {
    if (error instanceof BlobMissing) return { reason: 'The file is not in the storage any more.', forGood: true };
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
    const reason = `The file is damaged: it is no whole gzip file (${code}). What comes before the damage is stored.`;
    return { reason, forGood: true };
  }
}
