import { Injectable } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { FollowedProgress } from '../../../src/platform/jobs/followed-progress.js';
import { ExportCleaning } from './export-cleaning.js';
import { isFinished } from './statement-export.js';
import type { ExportCounts, ExportEnd, ExportPart, StatementExport } from './statement-export.js';
import { StatementExportStore } from './statement-export.store.js';

/** A part that is in the storage, and up to where the export is with it. */
export interface ExportStep {
  readonly part: ExportPart;
  readonly counts: ExportCounts;
}

/** How an export ends. */
export interface ExportOutcome {
  readonly status: 'DONE' | 'FAILED';
  readonly error?: string;
  /** The end of the file, which is noted together with this: another attempt would add it again. */
  readonly last?: ExportStep | undefined;
}

/** How far an export is. */
@Injectable()
export class ExportProgress extends FollowedProgress<StatementExport> {
  constructor(
    unitOfWork: UnitOfWork,
    notifications: Notifications,
    private readonly exports: StatementExportStore,
    private readonly cleaning: ExportCleaning,
  ) {
    const find = (_: string, id: string) => exports.find(id);
    super(unitOfWork, notifications, { name: 'Export', topic: 'statement export', find, isFinished });
  }

  parts(organizationId: string, id: string): Promise<ExportPart[]> {
    return this.unitOfWork.read(organizationId, () => this.exports.parts(id));
  }

  /** Begins an attempt; undefined when the export has ended. */
  begin(organizationId: string, id: string): Promise<StatementExport | undefined> {
    return this.change(organizationId, id, () => this.exports.begin(id));
  }

  /** Fixes where it ends. */
  setEnd(organizationId: string, id: string, end: ExportEnd): Promise<void> {
    return this.change(organizationId, id, () => this.exports.setEnd(id, end));
  }

  /** Moves the checkpoint; undefined when the export has ended. */
  advance(organizationId: string, id: string, { part, counts }: ExportStep): Promise<StatementExport | undefined> {
    return this.change(organizationId, id, () => this.exports.advance(id, part, counts));
  }

  /**
   * Ends it, unless it has ended. Its file, or what there is of it, is deleted when its time comes.
   *
   * @returns false when it had ended
   */
  end(organizationId: string, id: string, { status, error, last }: ExportOutcome): Promise<boolean> {
    return this.change(organizationId, id, async () => {
      if (last) await this.exports.advance(id, last.part, last.counts);
      const ended = await this.exports.end(id, status, error);
      if (ended) await this.cleaning.plan(organizationId, id, ended.expiresAt);
      return ended !== undefined;
    });
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.change(organizationId, id, () => this.exports.pause(id, error));
  }

  /**
   * Deletes files: they cannot be downloaded any more from the commit on, and a job removes them from the storage. Joins the
   * caller's unit of work.
   *
   * @param id all exports of the organization when it is undefined
   * @returns how many had a file, or were to get one
   */
  delete(organizationId: string, id?: string): Promise<number> {
    return this.unitOfWork.run(organizationId, async () => {
      const deleted = await this.exports.markDeleted(id);
      for (const each of deleted) {
        await this.change(organizationId, each, () => this.cleaning.plan(organizationId, each));
      }
      return deleted.length;
    });
  }
}
