import type { UnitOfWork } from '../../../../src/platform/database/unit-of-work.js';
import type { StatementHistory } from '../statement-history.store.js';

/** Where a projection remembers how far it has come. In the organization of the current unit of work. */
export interface ProjectionCursors {
  /** Position of the last statement that it takes into account; 0 when there is none. */
  cursor(organizationId: string): Promise<string>;
  /** Whoever else wants to go on from the cursor waits until this transaction has ended. */
  lockCursor(organizationId: string): Promise<unknown>;
  /** Forgets everything, and puts the cursor before the first statement. */
  clear(organizationId: string): Promise<void>;
}

/**
 * Keeps something up to date with statements. A cursor says how far it has come; each step takes statements after it and
 * moves the cursor, in one transaction: a statement counts exactly once, whatever dies in between and however many try.
 * It never passes a statement that another transaction is still storing, since it stops where the list of statements is
 * complete. Storing statements costs nothing more for it and waits for nothing.
 */
export abstract class StatementProjector {
  protected constructor(
    protected readonly unitOfWork: UnitOfWork,
    protected readonly history: StatementHistory,
    private readonly cursors: ProjectionCursors,
  ) {}

  /**
   * Takes the statements into account that are stored by now.
   *
   * @param patience milliseconds after which no further step begins
   * @returns whether it came to the end
   */
  async catchUp(organizationId: string, patience = Infinity): Promise<boolean> {
    const giveUp = performance.now() + patience;
    let more = await this.unitOfWork.read(organizationId, () => this.isBehind(organizationId));
    while (more && performance.now() < giveUp) {
      more = await this.unitOfWork.run(organizationId, async () => {
        await this.history.planForAnyOrganization();
        return this.step(organizationId);
      });
    }
    return !more;
  }

  /** Makes everything of an organization anew. */
  async rebuild(organizationId: string): Promise<void> {
    await this.unitOfWork.run(organizationId, async () => {
      await this.cursors.lockCursor(organizationId);
      await this.cursors.clear(organizationId);
    });
    await this.restore(organizationId);
    await this.catchUp(organizationId);
  }

  /** For a projection that outlives statements: makes anew what comes from those that have been removed. */
  protected async restore(_organizationId: string): Promise<void> {}

  /** Locks the cursor, takes some statements after it into account, moves it. @returns whether there may be more */
  protected abstract step(organizationId: string): Promise<boolean>;

  /** Cheap, and takes no lock: nearly always there is nothing to do. */
  private async isBehind(organizationId: string): Promise<boolean> {
    return this.history.hasAny(organizationId, await this.cursors.cursor(organizationId));
  }
}
