import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { BlobMissing, BlobStorage } from '../../../src/platform/storage/blob-storage.js';
import { ImportProgress } from './import-progress.js';
import { ImportRunner } from './import-runner.js';
import { blobKeyOf, principalOf } from './statement-import.js';
import type { StatementImport } from './statement-import.js';
import { IMPORT_STATEMENTS, MAXIMUM_ATTEMPTS } from './import-queue.js';

interface Payload {
  readonly organizationId: string;
  readonly importId: string;
}

/** The service stops: the next start goes on. */
class Interrupted extends Error {}

/** The job that imports a file. Run again after a crash, it goes on from the checkpoint. */
@Injectable()
export class ImportJob implements JobHandler, OnModuleInit, OnModuleDestroy {
  readonly task = IMPORT_STATEMENTS;
  private readonly logger = new Logger(ImportJob.name);
  private stopping = false;

  constructor(
    private readonly jobs: JobRunner,
    private readonly progress: ImportProgress,
    private readonly runner: ImportRunner,
    private readonly storage: BlobStorage,
  ) {}

  onModuleInit(): void {
    this.jobs.register(this);
  }

  /** Before the runner waits for its jobs. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** @throws what went wrong when another attempt may help. */
  async handle(payload: unknown): Promise<void> {
    const { organizationId, importId } = payload as Payload;
    const begun = await this.progress.begin(organizationId, importId);
    if (!begun) return;
    if (begun.attempts > MAXIMUM_ATTEMPTS) {
      return this.end(organizationId, importId, 'FAILED', begun.error ?? 'It was cut off each time it began.');
    }
    try {
      if (await this.run(organizationId, begun)) await this.end(organizationId, importId, 'DONE');
    } catch (error) {
      await this.fail(organizationId, begun, error);
    }
  }

  /** @returns false when it was cancelled meanwhile */
  private async run(organizationId: string, begun: StatementImport): Promise<boolean> {
    const principal = principalOf(organizationId, await this.progress.importerOf(organizationId, begun.id));
    for await (const { share, ...step } of this.runner.run(principal, begun)) {
      const progress = Math.min(99, Math.floor(share * 100));
      if (!(await this.progress.advance(organizationId, begun.id, { ...step, progress }))) return false;
      if (this.stopping) throw new Interrupted('The service stops; the next start goes on.');
    }
    return true;
  }

  private async fail(organizationId: string, { id, attempts }: StatementImport, error: unknown): Promise<void> {
    const reason = reasonOf(error);
    if (reason !== undefined) return this.end(organizationId, id, 'FAILED', reason);
    if (error instanceof Interrupted) await this.progress.pause(organizationId, id);
    else {
      this.logger.error({ importId: id, attempts, err: error });
      await this.progress.pause(organizationId, id, `Storing failed on our side; the log has it under the id ${id}.`);
    }
    throw error;
  }

  private async end(organizationId: string, id: string, status: 'DONE' | 'FAILED', error?: string): Promise<void> {
    await this.progress.end(organizationId, id, status, error);
    await this.storage.delete(blobKeyOf(organizationId, id));
  }
}

/** What is wrong with the file; undefined when it is not the file. */
function reasonOf(error: unknown): string | undefined {
  if (error instanceof BlobMissing) return 'The file is not in the storage any more.';
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string' || !code.startsWith('Z_')) return undefined;
  return `The file is damaged: it is no whole gzip file (${code}). What comes before the damage is stored.`;
}
