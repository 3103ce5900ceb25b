import { Injectable } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { FollowedProgress } from '../../../src/platform/jobs/followed-progress.js';
import type { Place } from './ndjson-lines.js';
import { isFinished } from './statement-import.js';
import type { ImportCounts, Importer, Refusal, StatementImport } from './statement-import.js';
import { StatementImportStore } from './statement-import.store.js';

/** Refusals that are kept of an import: more than anybody reads. */
const MOST_REFUSALS = 1_000;

/** How far an import is. */
@Injectable()
export class ImportProgress extends FollowedProgress<StatementImport> {
  constructor(
    unitOfWork: UnitOfWork,
    notifications: Notifications,
    private readonly imports: StatementImportStore,
  ) {
    const find = (_: string, id: string) => imports.find(id);
    super(unitOfWork, notifications, { name: 'Import', topic: 'statement import', find, isFinished });
  }

  importerOf(organizationId: string, id: string): Promise<Importer> {
    return this.unitOfWork.read(organizationId, () => this.imports.importerOf(id));
  }

  /** Begins an attempt; undefined when the import has ended. */
  begin(organizationId: string, id: string): Promise<StatementImport | undefined> {
    return this.change(organizationId, id, () => this.imports.begin(id));
  }

  /**
   * Moves the checkpoint, with what became of the lines before it.
   *
   * @param progress 0 to 100
   * @returns undefined when the import has been cancelled
   */
  advance(
    organizationId: string,
    id: string,
    { place, progress, counts, refusals }: ImportStep & { readonly progress: number },
  ): Promise<StatementImport | undefined> {
    return this.change(organizationId, id, async () => {
      const advanced = await this.imports.advance(id, place, progress, counts);
      if (!advanced) return undefined;
      const room = MOST_REFUSALS - (advanced.counts.refused - counts.refused);
      if (refusals.length > 0 && room > 0) await this.imports.addRefusals(id, refusals.slice(0, room));
      return advanced;
    });
  }

  /** Ends it; undefined when it has ended. */
  end(
    organizationId: string,
    id: string,
    status: 'DONE' | 'FAILED' | 'CANCELLED',
    error?: string,
  ): Promise<StatementImport | undefined> {
    return this.change(organizationId, id, () => this.imports.end(id, status, error));
  }

  /** An attempt was cut off; the next one goes on from the checkpoint. */
  pause(organizationId: string, id: string, error?: string): Promise<void> {
    return this.change(organizationId, id, () => this.imports.pause(id, error));
  }
}

/** Lines that have been dealt with: where they end, and what became of them. */
export interface ImportStep {
  readonly place: Place;
  readonly counts: ImportCounts;
  readonly refusals: readonly Refusal[];
}
