import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import type { TransferPayload } from '../transfer-job.js';
import { partKeyOf } from './statement-export.js';
import { StatementExportStore } from './statement-export.store.js';

/** Removes files of exports that are deleted, have failed, or whose time is over. */
@Injectable()
export class ExportCleaning implements JobHandler, OnModuleInit {
  readonly task = 'remove-export-file';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: StatementExportStore,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly storage: BlobStorage,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  /** Has it done at that time, in place of what was planned before. In the current unit of work. */
  plan(organizationId: string, id: string, runAt?: Date): Promise<void> {
    return this.jobs.enqueue(
      this.task,
      { organizationId, id },
      { jobKey: `${this.task} ${id}`, ...(runAt && { runAt }) },
    );
  }

  handle(payload: unknown): Promise<void> {
    const { organizationId, id } = payload as TransferPayload;
    return this.clean(organizationId, id);
  }

  /** For its maker, who stores nothing any more. */
  async leave(organizationId: string, id: string): Promise<void> {
    await this.unitOfWork.run(organizationId, () => this.exports.letGo(id));
    await this.clean(organizationId, id);
  }

  /**
   * Removes the file, unless it may still be downloaded or made. How many parts there were is forgotten when nobody can store
   * another one: while the export is in hand, its maker still has to leave it.
   */
  async clean(organizationId: string, id: string): Promise<void> {
    const file = await this.unitOfWork.run(organizationId, async () => {
      await this.exports.markExpired(id);
      const found = await this.exports.find(id);
      if (!found || ['QUEUED', 'RUNNING', 'DONE'].includes(found.status)) return undefined;
      return { inHand: found.inHand, parts: await this.exports.parts(id) };
    });
    if (!file) return;
    // One more than is known: its maker may have been killed, or stopped, between storing it and telling of it.
    for (let number = 1; number <= file.parts.length + 1; number += 1) {
      await this.storage.delete(partKeyOf(organizationId, id, number));
    }
    if (!file.inHand) await this.unitOfWork.run(organizationId, () => this.exports.removeParts(id));
  }
}
