import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { StatementRemovals } from '../../lrs/index.js';
import type { RecordedStatement, RemovalHold, RemovalParticipant, Statement } from '../../lrs/index.js';
import { joined, sumsOf } from './project.js';
import { ProjectionStore } from './projection.store.js';
import { RecordProjector } from './record-projector.js';
import { RemovedSumStore } from './removed-sum.store.js';

/**
 * Records outlive the statements that they were made of: before statements go, what they add to records is written down, and
 * from then on it counts as the statements did.
 */
@Injectable()
export class RecordKeeping implements RemovalParticipant, OnModuleInit {
  constructor(
    private readonly removals: StatementRemovals,
    private readonly projector: RecordProjector,
    private readonly store: ProjectionStore,
    private readonly sums: RemovedSumStore,
  ) {}

  onModuleInit(): void {
    this.removals.add(this);
  }

  async catchUp(organizationId: string, patience: number): Promise<void> {
    await this.projector.catchUp(organizationId, patience);
  }

  /** A record must have seen its statements before they go. */
  async holds(organizationId: string): Promise<RemovalHold[]> {
    const after = await this.store.cursor(organizationId);
    return [{ reason: 'Learner records have yet to take statements into account.', after }];
  }

  /** The projection waits meanwhile: it must not see fewer statements without seeing what has become of them. */
  async keep(organizationId: string, statements: readonly RecordedStatement[]): Promise<void> {
    const byRegistration = new Map<string, RecordedStatement[]>();
    for (const statement of statements) {
      const registration = registrationOf(statement);
      if (registration === undefined) continue;
      byRegistration.set(registration, [...(byRegistration.get(registration) ?? []), statement]);
    }
    const added = [...byRegistration].flatMap(([registration, some]) => sumsOf(registration, some));
    if (added.length === 0) return;
    await this.store.lockCursor(organizationId);
    const known = await this.sums.ofRegistrations(organizationId, [...byRegistration.keys()]);
    await this.sums.put(organizationId, joined([...known, ...added]));
  }
}

const registrationOf = ({ text }: RecordedStatement): string | undefined =>
  (JSON.parse(text) as Statement).context?.registration?.toLowerCase();
