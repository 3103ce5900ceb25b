import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { ProfileLibrary } from '../library/profile-library.js';
import type { ActivePolicy } from './key-policy.js';
import { PolicyStore } from './policy.store.js';

const TOPIC = 'profile policies';
const MAXIMUM_ORGANIZATIONS = 10_000;
/** How long policies are good for while nobody can tell of changes. */
const UNTOLD_MS = 1_000;

type Policies = ReadonlyMap<string, ActivePolicy>;

interface Entry {
  readonly policies: Policies;
  readonly loadedAt: number;
}

/**
 * The policies of organizations that have sent statements: storing statements costs no query for them. Other processes tell
 * of changes when these are committed.
 */
@Injectable()
export class PolicyCache implements OnModuleDestroy {
  private readonly logger = new Logger(PolicyCache.name);
  private readonly entries = new Map<string, Entry>();
  private messages: AsyncIterableIterator<unknown> | undefined;
  private listening: Promise<void> | undefined;
  private changes = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly notifications: Notifications,
    private readonly policies: PolicyStore,
    private readonly library: ProfileLibrary,
  ) {}

  /** The policy of a key; undefined when its statements are not checked. At once, unless the policies must be read first. */
  of(organizationId: string, keyId: string): ActivePolicy | undefined | Promise<ActivePolicy | undefined> {
    const entry = this.entries.get(organizationId);
    if (entry && (this.messages || Date.now() - entry.loadedAt < UNTOLD_MS)) return entry.policies.get(keyId);
    return this.load(organizationId).then((policies) => policies.get(keyId));
  }

  /** To be called inside the unit of work that changes policies or profiles. */
  async changed(organizationId: string): Promise<void> {
    this.unitOfWork.afterCommit(() => this.forget(organizationId));
    await this.notifications.publish(TOPIC, { organizationId });
  }

  async onModuleDestroy(): Promise<void> {
    await this.listening;
    await this.messages?.return?.();
  }

  private async load(organizationId: string): Promise<Policies> {
    this.listening ??= this.listen();
    await this.listening;
    const changesBefore = this.changes;
    const policies = await this.unitOfWork.read(organizationId, () => this.read(organizationId));
    // What was read before a change may be what the change was about.
    if (changesBefore === this.changes) this.keep(organizationId, policies);
    return policies;
  }

  private async read(organizationId: string): Promise<Policies> {
    const policies = new Map<string, ActivePolicy>();
    for (const policy of await this.policies.all(organizationId)) {
      const found = await this.library.resolve(organizationId, policy.profiles);
      policies.set(policy.keyId, { ...policy, resolved: found.filter((profile) => profile !== undefined) });
    }
    return policies;
  }

  private keep(organizationId: string, policies: Policies): void {
    if (this.entries.size >= MAXIMUM_ORGANIZATIONS) this.entries.clear();
    this.entries.set(organizationId, { policies, loadedAt: Date.now() });
  }

  private forget(organizationId: string): void {
    this.changes += 1;
    this.entries.delete(organizationId);
  }

  private async listen(): Promise<void> {
    try {
      this.messages = await this.notifications.subscribe(TOPIC);
      void this.follow(this.messages);
    } catch (error) {
      this.lose(error);
    }
  }

  private async follow(messages: AsyncIterableIterator<unknown>): Promise<void> {
    try {
      for await (const message of messages) this.forget((message as { organizationId: string }).organizationId);
    } catch (error) {
      this.lose(error);
    }
  }

  /** Messages may be lost with the connection; whoever asks next reads anew, and listens again. */
  private lose(error: unknown): void {
    this.logger.warn(`Changes of policies are not told any more: ${String(error)}`);
    this.messages = undefined;
    this.listening = undefined;
    this.changes += 1;
    this.entries.clear();
  }
}
