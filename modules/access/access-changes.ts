import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Notifications } from '../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';

const TOPIC = 'access';
const PAUSE_MS = 1_000;

/** What was changed: one key, or the issuers of tokens. `everything` when messages may have been lost. */
export type AccessChange = { readonly key: string } | 'issuers' | 'everything';

type Listener = (change: AccessChange) => void;

/** Makes a change of keys and issuers count at once, in all processes. */
@Injectable()
export class AccessChanges implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(AccessChanges.name);
  private readonly listeners: Listener[] = [];
  private readonly stopped = new AbortController();
  private messages: AsyncIterableIterator<unknown> | undefined;

  constructor(
    private readonly notifications: Notifications,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onApplicationBootstrap(): void {
    void this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped.abort();
    await this.messages?.return?.();
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Tells everybody, once the current unit of work is committed. */
  async announce(change: AccessChange): Promise<void> {
    await this.notifications.publish(TOPIC, change);
    // The message comes back here, too, but only after the answer to who asked for the change.
    this.unitOfWork.afterCommit(() => this.tell(change));
  }

  private async listen(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        this.messages = await this.notifications.subscribe(TOPIC);
        this.tell('everything');
        for await (const change of this.messages) this.tell(change as AccessChange);
      } catch (error) {
        if (this.stopped.signal.aborted) return;
        this.logger.warn(`Changes of keys are seen a few seconds late, until listening works again: ${String(error)}`);
        await delay(PAUSE_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
      }
    }
  }

  private tell(change: AccessChange): void {
    for (const listener of this.listeners) listener(change);
  }
}
