import { Injectable } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { NotFound } from '../../../src/platform/errors.js';
import { TransferJob } from '../transfer-job.js';
import { ExportCleaning } from './export-cleaning.js';
import { ExportProgress } from './export-progress.js';
import { ExportRunner } from './export-runner.js';
import type { StatementExport } from './statement-export.js';

export const EXPORT_STATEMENTS = 'export-statements';

/** The job that writes a file. Run again after a crash, it goes on behind the last part that it noted. */
@Injectable()
export class ExportJob extends TransferJob<StatementExport> {
  readonly task = EXPORT_STATEMENTS;

  constructor(
    jobs: JobRunner,
    private readonly progress: ExportProgress,
    private readonly runner: ExportRunner,
    private readonly cleaning: ExportCleaning,
  ) {
    super(jobs);
  }

  protected override begin(organizationId: string, id: string): Promise<StatementExport | undefined> {
    return this.progress.begin(organizationId, id);
  }

  protected override async run(organizationId: string, begun: StatementExport): Promise<boolean> {
    for await (const step of this.runner.run(organizationId, begun)) {
      if (!(await this.progress.advance(organizationId, begun.id, step))) return false;
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
    const last = status === 'DONE' ? await this.lastStep(organizationId, id) : undefined;
    if (!(await this.progress.end(organizationId, id, { status, error, last }))) await this.leave(organizationId, id);
  }

  protected override pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.progress.pause(organizationId, id, error);
  }

  /** What this attempt stored after the file had been removed is removed, too. */
  protected override leave(organizationId: string, id: string): Promise<void> {
    return this.cleaning.clean(organizationId, id);
  }

  /** Whatever goes wrong here is ours. */
  protected override reasonOf(): undefined {
    return undefined;
  }

  private async lastStep(organizationId: string, id: string): ReturnType<ExportRunner['close']> {
    const found = await this.progress.find(organizationId, id);
    return found instanceof NotFound ? undefined : this.runner.close(organizationId, found);
  }
}
