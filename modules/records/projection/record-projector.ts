import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory } from '../../lrs/index.js';
import { projectRegistration } from './project.js';
import { ProjectionStore } from './projection.store.js';

/** Statements looked at in one transaction: enough to be quick, few enough to keep it short. */
const STATEMENTS_A_STEP = 500;

/**
 * Keeps records up to date with statements. A cursor says how far it has come; each step takes the statements after it,
 * makes the records of their registrations anew, and moves the cursor, all in one transaction: a statement counts exactly
 * once, whatever dies in between. It never passes a statement that another transaction is still storing, since it stops
 * where the list of statements is complete. Storing statements costs nothing more for it and waits for nothing.
 */
@Injectable()
export class RecordProjector {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: StatementHistory,
    private readonly store: ProjectionStore,
  ) {}

  /** Takes every statement into account that is stored by now. */
  async catchUp(organizationId: string): Promise<void> {
    let more = await this.unitOfWork.read(organizationId, () => this.isBehind(organizationId));
    while (more) more = await this.unitOfWork.run(organizationId, () => this.step(organizationId));
  }

  /** Makes all records of an organization anew. Whoever wants to read them meanwhile waits. */
  async rebuild(organizationId: string): Promise<void> {
    await this.unitOfWork.run(organizationId, async () => {
      await this.store.lockCursor(organizationId);
      await this.store.clear(organizationId);
    });
    await this.catchUp(organizationId);
  }

  /** Cheap, and takes no lock: nearly always there is nothing to do. */
  private async isBehind(organizationId: string): Promise<boolean> {
    return this.history.hasAny(organizationId, await this.store.cursor(organizationId));
  }

  /** @returns whether there may be more */
  private async step(organizationId: string): Promise<boolean> {
    const after = await this.store.lockCursor(organizationId);
    const before = await this.history.completeBefore(organizationId);
    const { registrations, last } = await this.history.changedRegistrations(
      organizationId,
      after,
      before,
      STATEMENTS_A_STEP,
    );
    if (last === undefined) return false;
    for (const registration of registrations) {
      const statements = await this.history.ofRegistration(organizationId, registration);
      await this.store.replace(organizationId, registration, projectRegistration(registration, statements));
    }
    await this.store.moveCursor(organizationId, last);
    return true;
  }
}
