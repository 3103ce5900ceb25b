import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { StatementRemovals } from '../lrs/index.js';
import type { RemovalHold, RemovalParticipant } from '../lrs/index.js';
import { UndeliveredStore } from './undelivered.store.js';

/**
 * Nothing is removed that a pipe has yet to look at, paused or not, and nothing that it could not deliver, until somebody
 * has had it tried again or skipped it.
 */
@Injectable()
export class Undelivered implements RemovalParticipant, OnModuleInit {
  constructor(
    private readonly removals: StatementRemovals,
    private readonly store: UndeliveredStore,
  ) {}

  onModuleInit(): void {
    this.removals.add(this);
  }

  async holds(organizationId: string): Promise<RemovalHold[]> {
    const ahead = await this.store.positions(organizationId);
    const letters = await this.store.deadLetters(organizationId);
    return [
      ...ahead.map(({ name, position }) => ({
        reason: `The pipe "${name}" has yet to look at statements.`,
        after: position,
      })),
      ...letters.map(({ name, positions }) => ({
        reason: `The pipe "${name}" has dead letters.`,
        positions,
      })),
    ];
  }
}
