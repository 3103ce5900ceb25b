import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { StatementRemovals } from '../../lrs/index.js';
import type { RemovalParticipant } from '../../lrs/index.js';
import { FactsProjector } from './facts-projector.js';
import { factsTopic } from './facts-topic.js';
import { FactsRemovalStore } from './facts-removal.store.js';
import { FactsStore } from './facts.store.js';

/** Facts go with their statements: lists and aggregates tell what is there. */
@Injectable()
export class FactsRemoval implements RemovalParticipant, OnModuleInit {
  constructor(
    private readonly removals: StatementRemovals,
    private readonly projector: FactsProjector,
    private readonly facts: FactsStore,
    private readonly store: FactsRemovalStore,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.removals.add(this);
  }

  async catchUp(organizationId: string, patience: number): Promise<void> {
    await this.projector.catchUp(organizationId, patience);
  }

  /** The projection waits meanwhile: it could be about to use a term that nothing else needs any more. */
  async forget(organizationId: string, positions: readonly string[]): Promise<void> {
    await this.facts.lockCursor(organizationId);
    const named = await this.store.remove(organizationId, positions);
    await this.store.removeUnused(organizationId, named);
    await this.notifications.publish(factsTopic(organizationId));
  }
}
