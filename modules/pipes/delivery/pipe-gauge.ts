import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, storedAt } from '../../lrs/index.js';
import type { StatementBacklog } from '../../lrs/index.js';
import type { PipeProgress } from '../pipe.js';
import { PipeMetrics } from './pipe-metrics.js';
import { ProgressStore } from './progress.store.js';

/** Statements that are counted at most; an index is counted, and more than that says nothing new. */
const MOST_COUNTED = 100_000;

/** How a pipe stands. */
export interface Standing {
  readonly progress: PipeProgress;
  readonly backlog: StatementBacklog;
}

/** Finds out how pipes stand. */
@Injectable()
export class PipeGauge {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: StatementHistory,
    private readonly progress: ProgressStore,
    private readonly metrics: PipeMetrics,
  ) {}

  standings(organizationId: string, pipeIds: readonly string[]): Promise<Map<string, Standing>> {
    return this.unitOfWork.read(organizationId, async () => {
      const found = await this.progress.progress(organizationId, pipeIds);
      const positions = found.map(({ position }) => position);
      const backlogs = await this.history.backlogs(organizationId, positions, MOST_COUNTED);
      return new Map(found.map((progress, index) => [progress.pipeId, { progress, backlog: backlogs[index]! }]));
    });
  }

  /** For the metrics. */
  async measure(organizationId: string, pipeId: string): Promise<void> {
    const standing = (await this.standings(organizationId, [pipeId])).get(pipeId);
    if (!standing) return this.metrics.forget(pipeId);
    const { progress, backlog } = standing;
    const waitingSince = backlog.first === undefined ? undefined : storedAt(backlog.first);
    this.metrics.tell(pipeId, { statements: backlog.statements, waitingSince, deadLetters: progress.deadLetters });
  }

  forget(pipeId: string): void {
    this.metrics.forget(pipeId);
  }
}
