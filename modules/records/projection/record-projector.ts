import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, StatementProjector } from '../../lrs/index.js';
import { projectRegistration } from './project.js';
import { ProjectionStore } from './projection.store.js';
import { RemovedSumStore } from './removed-sum.store.js';

/** Statements looked at in one transaction: enough to be quick, few enough to keep it short. */
const STATEMENTS_A_STEP = 500;

/** The same for a rebuild, of registrations whose statements have been removed. */
const REGISTRATIONS_A_STEP = 100;

/** Before every registration. */
const FIRST_UUID = '00000000-0000-0000-0000-000000000000';

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
    private readonly sums: RemovedSumStore,
  ) {
    super(unitOfWork, history, store);
  }

  protected override async restore(organizationId: string): Promise<void> {
    let after: string | undefined = FIRST_UUID;
    while (after !== undefined) after = await this.remakeAfter(organizationId, after);
  }

  /** @returns the last registration; undefined at the end */
  private remakeAfter(organizationId: string, after: string): Promise<string | undefined> {
    return this.unitOfWork.run(organizationId, async () => {
      await this.store.lockCursor(organizationId);
      const registrations = await this.sums.registrations(organizationId, after, REGISTRATIONS_A_STEP);
      for (const registration of registrations) await this.remake(organizationId, registration);
      return registrations.at(-1);
    });
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
    for (const registration of registrations) await this.remake(organizationId, registration);
    await this.store.moveCursor(organizationId, last);
    return true;
  }

  private async remake(organizationId: string, registration: string): Promise<void> {
    const statements = await this.history.ofRegistration(organizationId, registration);
    const gone = await this.sums.ofRegistrations(organizationId, [registration]);
    await this.store.replace(organizationId, registration, projectRegistration(registration, statements, gone));
  }
}
