import type { StoredApiKey } from './api-key.js';

/** How long another process may go on accepting a key that was revoked here. */
const TIME_TO_LIVE_MS = 5_000;
const MAX_KEYS = 10_000;

interface Entry {
  readonly key: StoredApiKey;
  readonly goodUntil: number;
}

/** Keys that were looked up a moment ago, so that a burst of requests costs one query. Unknown ids are not kept. */
export class KeyCache {
  private readonly entries = new Map<string, Entry>();
  private deletions = 0;

  /** The key with this id; loaded when it is not here or too old. */
  async get(id: string, load: () => Promise<StoredApiKey | undefined>): Promise<StoredApiKey | undefined> {
    const entry = this.entries.get(id);
    if (entry && entry.goodUntil > Date.now()) return entry.key;
    const deletionsBefore = this.deletions;
    const key = await load();
    // What was read before a deletion may be what the deletion was about.
    if (key && deletionsBefore === this.deletions) this.keep(key);
    return key;
  }

  delete(id: string): void {
    this.deletions += 1;
    this.entries.delete(id);
  }

  markUsed(id: string, at: Date): void {
    const entry = this.entries.get(id);
    if (entry) this.entries.set(id, { ...entry, key: { ...entry.key, lastUsedAt: at } });
  }

  private keep(key: StoredApiKey): void {
    if (this.entries.size >= MAX_KEYS) this.entries.clear();
    this.entries.set(key.id, { key, goodUntil: Date.now() + TIME_TO_LIVE_MS });
  }
}
