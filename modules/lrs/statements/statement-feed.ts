import { Injectable } from '@nestjs/common';

type Listener = (organizationId: string) => void;

/** Tells other modules that an organization has new statements. Where nobody listens, statements are stored all the same. */
@Injectable()
export class StatementFeed {
  private readonly listeners: Listener[] = [];

  /** Listeners are called after the statements are committed, and must not throw. */
  onStored(listener: Listener): void {
    this.listeners.push(listener);
  }

  announce(organizationId: string): void {
    for (const listener of this.listeners) listener(organizationId);
  }
}
