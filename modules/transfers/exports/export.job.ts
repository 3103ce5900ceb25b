import { Injectable } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { NotFound } from '../../../src/platform/errors.js';
import { TransferJob } from '../transfer-job.js';
import { ExportCleaning } from './export-cleaning.js';
import { ExportProgress } from './export-progress.js';
import type { ExportOutcome } from './export-progress.js';
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

  protected override async goOn(organizationId: string, begun: StatementExport): Promise<void> {
    const { id } = begun;
    for await (const step of this.runner.run(organizationId, begun)) {
      if (!(await this.progress.advance(organizationId, id, step))) return this.leave(organizationId, id);
      this.checkpoint();
    }
    const found = await this.progress.find(organizationId, id);
    const last = found instanceof NotFound ? undefined : await this.runner.close(organizationId, found);
    await this.end(organizationId, id, { status: 'DONE', last });
  }

  protected override pause(organizationId: string, id: string, reason?: string): Promise<void> {
    return this.progress.pause(organizationId, id, reason);
  }

  protected override fail(organizationId: string, id: string, error: string): Promise<void> {
    return this.end(organizationId, id, { status: 'FAILED', error });
  }

  /** What this attempt stored after the file had been removed is removed, too. */
  protected override leave(organizationId: string, id: string): Promise<void> {
    return this.cleaning.leave(organizationId, id);
  }

  private async end(organizationId: string, id: string, outcome: ExportOutcome): Promise<void> {
    if (!(await this.progress.end(organizationId, id, outcome))) await this.leave(organizationId, id);
  }
}
