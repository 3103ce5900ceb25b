import { Injectable } from '@nestjs/common';
import { follow, until } from '../../../src/platform/database/follow.js';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound } from '../../../src/platform/errors.js';
import { ExportCleaning } from './export-cleaning.js';
import { isFinished, topicOf } from './statement-export.js';
import type { ExportCounts, ExportEnd, ExportPart, StatementExport } from './statement-export.js';
import { StatementExportStore } from './statement-export.store.js';

/** A part that is in the storage, and up to where the export is with it. */
export interface ExportStep {
  readonly part: ExportPart;
  readonly counts: ExportCounts;
}

/** How far an export is: written by its job, followed by those who wait for it. */
@Injectable()
export class ExportProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: StatementExportStore,
    private readonly notifications: Notifications,
    private readonly cleaning: ExportCleaning,
  ) {}

  find(organizationId: string, id: string): Promise<StatementExport | NotFound> {
    return this.unitOfWork.read(
      organizationId,
      async () => (await this.exports.find(id)) ?? new NotFound('Export', id, ['id']),
    );
  }

  parts(organizationId: string, id: string): Promise<ExportPart[]> {
    return this.unitOfWork.read(organizationId, () => this.exports.parts(id));
  }

  /** Begins an attempt; undefined when the export has ended. */
  begin(organizationId: string, id: string): Promise<StatementExport | undefined> {
    return this.write(organizationId, id, () => this.exports.begin(id));
  }

  /** Fixes where it ends. */
  setEnd(organizationId: string, id: string, end: ExportEnd): Promise<void> {
    return this.write(organizationId, id, () => this.exports.setEnd(id, end));
  }

  /** Moves the checkpoint; undefined when the export has ended. */
  advance(organizationId: string, id: string, { part, counts }: ExportStep): Promise<StatementExport | undefined> {
    return this.write(organizationId, id, () => this.exports.advance(id, part, counts));
  }

  /**
   * Ends it, unless it has ended. Its file, or what there is of it, is deleted when its time comes.
   *
   * @param last the end of the file, which is noted together with this: another attempt would add it again
   * @returns false when it had ended
   */
  end(
    organizationId: string,
    id: string,
    { status, error, last }: { status: 'DONE' | 'FAILED'; error?: string | undefined; last?: ExportStep | undefined },
  ): Promise<boolean> {
    return this.write(organizationId, id, async () => {
      if (last) await this.exports.advance(id, last.part, last.counts);
      const ended = await this.exports.end(id, status, error);
      if (ended) await this.cleaning.plan(organizationId, id, ended.expiresAt);
      return ended !== undefined;
    });
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.write(organizationId, id, () => this.exports.pause(id, error));
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
        await this.cleaning.plan(organizationId, each);
        await this.notifications.publish(topicOf(each));
      }
      return deleted.length;
    });
  }

  /** The export now and after each change, until it has ended. It must exist. */
  async follow(organizationId: string, id: string): Promise<AsyncIterableIterator<StatementExport>> {
    const messages = await this.notifications.subscribe(topicOf(id));
    const states = follow(messages, async () => {
      const found = await this.find(organizationId, id);
      if (found instanceof NotFound) throw new Error(`The export ${id} is gone.`);
      return found;
    });
    return until(states, isFinished);
  }

  private write<T>(organizationId: string, id: string, change: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(organizationId, async () => {
      const result = await change();
      await this.notifications.publish(topicOf(id));
      return result;
    });
  }
}
