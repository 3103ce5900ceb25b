import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../src/platform/jobs/job-runner.js';
import type { JobHandler } from '../../../src/platform/jobs/jobs.js';
import { StatementRemovals } from '../statements/removal/statement-removals.js';
import type { RemovalParticipant } from '../statements/removal/statement-removals.js';
import { AttachmentBlobs, CLEAN_ATTACHMENTS } from './attachment-blobs.js';
import { AttachmentStore } from './attachment.store.js';

/** Blobs that are removed in one transaction. */
const AT_ONCE = 20;

/**
 * Removes blobs that belong to nothing: those of requests whose process was killed, and those of statements that are no
 * more. A request that has begun to store attachments has asked for it; otherwise nothing would be left to find them by.
 */
@Injectable()
export class AttachmentCleaning implements JobHandler, RemovalParticipant, OnModuleInit {
  readonly task = CLEAN_ATTACHMENTS;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AttachmentStore,
    private readonly blobs: AttachmentBlobs,
    private readonly runner: JobRunner,
    private readonly removals: StatementRemovals,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
    this.removals.add(this);
  }

  async handle(payload: unknown): Promise<void> {
    const { organizationId } = payload as { organizationId: string };
    await this.clean(organizationId);
  }

  async clean(organizationId: string): Promise<void> {
    await this.unitOfWork.run(organizationId, () => this.store.retire(organizationId));
    await this.removeAbandoned(organizationId);
    await this.unitOfWork.run(organizationId, async () => {
      // Those that are too young to be removed.
      if (await this.store.hasUploads(organizationId)) await this.blobs.cleanLater(organizationId);
    });
  }

  /** Removes the blobs that belong to nothing by now. */
  async removeAbandoned(organizationId: string): Promise<void> {
    while (await this.removeSome(organizationId));
  }

  /** Takes their attachments from statements that are removed, inside the unit of work that removes them. */
  async forget(organizationId: string, positions: readonly string[]): Promise<void> {
    if (await this.store.unlink(organizationId, positions)) await this.blobs.cleanLater(organizationId);
  }

  private removeSome(organizationId: string): Promise<boolean> {
    return this.unitOfWork.run(organizationId, async () => {
      const abandoned = await this.store.abandoned(organizationId, AT_ONCE);
      await this.blobs.remove(organizationId, abandoned);
      return abandoned.length === AT_ONCE;
    });
  }
}
