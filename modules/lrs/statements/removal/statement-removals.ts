import { Injectable } from '@nestjs/common';
import type { RecordedStatement } from '../statement-history.store.js';

/** Statements that somebody still needs: those after a position, or single ones. */
export interface RemovalHold {
  /** Why, for people: a sentence. */
  readonly reason: string;
  /** Statements after this position. */
  readonly after?: string;
  /** Statements at these positions. */
  readonly positions?: readonly string[];
}

/** Something that is made of statements, and hears of it before they go. */
export interface RemovalParticipant {
  /**
   * Takes into account what is stored by now. Outside of a unit of work.
   *
   * @param patience milliseconds after which it may leave the rest for later
   */
  catchUp?(organizationId: string, patience: number): Promise<void>;
  /** What it still needs, inside a unit of work. */
  holds?(organizationId: string): Promise<readonly RemovalHold[]>;
  /**
   * Takes from statements what is to outlive them, inside the unit of work. Nothing must depend on whether the statements
   * go afterwards, or on how often it is told.
   */
  keep?(organizationId: string, statements: readonly RecordedStatement[]): Promise<void>;
  /** Removes what it has of statements that are gone, inside the unit of work. Again does no harm. */
  forget?(organizationId: string, positions: readonly string[]): Promise<void>;
}

/** Who is told when statements are removed. One line a participant, in its onModuleInit. */
@Injectable()
export class StatementRemovals {
  private readonly participants: RemovalParticipant[] = [];

  add(participant: RemovalParticipant): void {
    this.participants.push(participant);
  }

  async catchUp(organizationId: string, patience = Infinity): Promise<void> {
    for (const participant of this.participants) await participant.catchUp?.(organizationId, patience);
  }

  async holds(organizationId: string): Promise<RemovalHold[]> {
    const holds: RemovalHold[] = [];
    for (const participant of this.participants) holds.push(...((await participant.holds?.(organizationId)) ?? []));
    return holds;
  }

  async keep(organizationId: string, statements: readonly RecordedStatement[]): Promise<void> {
    for (const participant of this.participants) await participant.keep?.(organizationId, statements);
  }

  async forget(organizationId: string, positions: readonly string[]): Promise<void> {
    for (const participant of this.participants) await participant.forget?.(organizationId, positions);
  }
}
