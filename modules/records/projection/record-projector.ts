import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, StatementProjector } from '../../lrs/index.js';
import { projectRegistration } from './project.js';
import { ProjectionStore } from './projection.store.js';

/** Statements looked at in one transaction: enough to be quick, few enough to keep it short. */
const STATEMENTS_A_STEP = 500;

/**
 * Keeps records up to date with statements: makes the records of their registrations anew. Whoever wants to read records
 * during a rebuild waits.
 */
@Injectable()
export class RecordProjector extends StatementProjector {
  constructor(
    unitOfWork: UnitOfWork,
    history: StatementHistory,
    private readonly store: ProjectionStore,
  ) {
    super(unitOfWork, history, store);
  }

  protected override async step(organizationId: string): Promise<boolean> {
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
