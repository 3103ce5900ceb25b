import { TryAgainLater } from '../../src/platform/errors.js';

/** How long an answer is good without being told of a change: a net below the messages of AccessChanges. */
const TIME_TO_LIVE_MS = 5_000;
const MAX_ENTRIES = 10_000;

/** Look-ups of what is not here, at once and waiting: credentials that somebody makes up take no more of the database. */
const MAX_LOADING = 2;
const MAX_WAITING = 500;

interface Entry<T> {
  readonly value: T;
  readonly goodUntil: number;
}

/**
 * What was looked up a moment ago, so that a burst of requests costs one query; also that there is nothing. Look-ups are
 * few at a time, so a flood of unknown names costs little and delays only callers that are not known yet.
 */
export class LookupCache<T extends object> {
  private readonly known = new Map<string, Entry<T>>();
  /** Apart from the known, which a flood of these must not push out. */
  private readonly unknown = new Map<string, Entry<undefined>>();
  private readonly pending = new Map<string, Promise<T | undefined>>();
  private readonly waiting: (() => void)[] = [];
  private loading = 0;
  private deletions = 0;

  /**
   * What has this name; loaded when it is not here or too old.
   *
   * @throws TryAgainLater when too many look-ups are waiting
   */
  get(name: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const entry = this.known.get(name) ?? this.unknown.get(name);
    if (entry && entry.goodUntil > Date.now()) return Promise.resolve(entry.value);
    const pending = this.pending.get(name);
    if (pending) return pending;
    const loaded = this.load(name, load).finally(() => {
      if (this.pending.get(name) === loaded) this.pending.delete(name);
    });
    this.pending.set(name, loaded);
    return loaded;
  }

  delete(name: string): void {
    this.deletions += 1;
    for (const map of [this.known, this.unknown, this.pending]) map.delete(name);
  }

  clear(): void {
    this.deletions += 1;
    for (const map of [this.known, this.unknown, this.pending]) map.clear();
  }

  /** Changes what is here, if it is. */
  update(name: string, change: (value: T) => T): void {
    const entry = this.known.get(name);
    if (entry) this.known.set(name, { ...entry, value: change(entry.value) });
  }

  private async load(name: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    await this.turn();
    const deletionsBefore = this.deletions;
    try {
      const value = await load();
      // What was read before a deletion may be what the deletion was about.
      if (deletionsBefore === this.deletions) this.keep(name, value);
      return value;
    } finally {
      this.loading -= 1;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    if (this.loading >= MAX_LOADING) {
      if (this.waiting.length >= MAX_WAITING) {
        throw new TryAgainLater('BUSY', 'Too many callers that are not known yet; ask again in a second.', 1);
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.loading += 1;
  }

  private keep(name: string, value: T | undefined): void {
    const goodUntil = Date.now() + TIME_TO_LIVE_MS;
    if (value === undefined) {
      this.known.delete(name);
      put(this.unknown, name, { value, goodUntil });
    } else {
      this.unknown.delete(name);
      put(this.known, name, { value, goodUntil });
    }
  }
}

function put<V>(map: Map<string, V>, name: string, value: V): void {
  if (map.size >= MAX_ENTRIES) map.clear();
  map.set(name, value);
}
