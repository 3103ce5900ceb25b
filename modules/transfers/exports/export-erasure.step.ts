import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ErasureSteps } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import { withPseudonyms } from '../../persons/index.js';
import { ExportCleaning } from './export-cleaning.js';
import { ExportErasureStore } from './export-erasure.store.js';
import { ExportProgress } from './export-progress.js';

/** A part is written in seconds; the job of a maker that was killed begins again within so long. */
const PATIENCE_MS = 60_000;

const ROUND_MS = 100;

/**
 * Files of exports hold what statements said before: all of them go, finished or not. They can be made again at any time. What
 * was asked for stays, without the person.
 */
@Injectable()
export class ExportErasure implements ErasureStep, OnModuleInit {
  readonly name = 'statement exports';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly unitOfWork: UnitOfWork,
    private readonly progress: ExportProgress,
    private readonly store: ExportErasureStore,
    private readonly cleaning: ExportCleaning,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count({ organizationId }: PersonToErase): Promise<ErasureCounts> {
    return { statementExports: await this.store.countFiles(organizationId) };
  }

  async erase(person: PersonToErase): Promise<ErasureBatch> {
    const { organizationId } = person;
    const statementExports = await this.progress.delete(organizationId);
    for (const { id, filter } of await this.store.filters(organizationId)) {
      const asked: unknown = JSON.parse(filter);
      const changed = withPseudonyms(asked, person);
      if (changed !== asked) await this.store.setFilter(organizationId, id, JSON.stringify(changed));
    }
    return { counts: { statementExports }, next: undefined };
  }

  /** Waits for those who are about to store a part of a file that is deleted already. */
  async finish(organizationId: string): Promise<void> {
    const latest = Date.now() + PATIENCE_MS;
    for (;;) {
      const ids = await this.unitOfWork.read(organizationId, () => this.store.withLeftovers(organizationId));
      for (const id of ids) await this.cleaning.clean(organizationId, id);
      if (ids.length === 0) return;
      if (Date.now() > latest) throw new Error(`Exports that are deleted are still being written: ${ids.join(', ')}.`);
      await pause(ROUND_MS);
    }
  }
}
