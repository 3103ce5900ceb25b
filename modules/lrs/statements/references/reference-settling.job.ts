import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import { JobRunner } from '../../../../src/platform/jobs/job-runner.js';
import { Jobs } from '../../../../src/platform/jobs/jobs.js';
import type { JobHandler } from '../../../../src/platform/jobs/jobs.js';
import { StatementStore } from '../statement.store.js';
import { StatementLinker } from './statement-linker.js';

/** By then the request that stored the statements has nearly always done the job's work itself. */
const DELAY_MS = 5_000;

/** How long a request, and a job, waits for transactions that began before; then the job does it, later. */
const PATIENCE_MS = 5_000;

interface Settling {
  readonly organizationId: string;
  /** Of statements that refer to something that was not there. */
  readonly ids: readonly string[];
}

/**
 * A statement and one that refers to it may be stored at the same moment by transactions that do not see one another:
 * neither can link them. So who stores a reference to something that is not there looks again, once all transactions have
 * ended that may not have seen the reference. The job is for the case that the process dies before it has looked.
 */
@Injectable()
export class ReferenceSettling implements JobHandler, OnModuleInit {
  readonly task = 'statements.settle-references';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly jobs: Jobs,
    private readonly runner: JobRunner,
    private readonly statements: StatementStore,
    private readonly linker: StatementLinker,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async handle(payload: unknown): Promise<void> {
    const settling = payload as Settling;
    if (!(await this.settle(settling))) throw new Error('A transaction that stores statements has not ended for long.');
  }

  /** Inside the unit of work that stores the references. */
  async promise({ organizationId, ids }: Settling): Promise<void> {
    await this.jobs.enqueue(this.task, { organizationId, ids }, { runAt: new Date(Date.now() + DELAY_MS) });
  }

  /**
   * After that unit of work is committed.
   *
   * @returns false when a transaction that began before takes too long
   */
  async settle({ organizationId, ids }: Settling): Promise<boolean> {
    const began = Date.now();
    const now = await this.statements.clock(organizationId);
    for (let wait = 1; (await this.statements.completeUntil(organizationId)) <= now; wait = Math.min(2 * wait, 100)) {
      if (Date.now() - began > PATIENCE_MS) return false;
      await pause(wait);
    }
    await this.unitOfWork.run(organizationId, () => this.linker.link(organizationId, ids));
    return true;
  }
}
