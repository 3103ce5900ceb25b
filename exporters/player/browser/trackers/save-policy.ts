/** When to save: at once, soon, again after a failure, and now and then while the learner reads. */

export type SaveStatus = 'saved' | 'saving' | 'failing';

export interface SavePolicy {
  readonly status: SaveStatus;
  /** Something changed. `now` saves before this returns; otherwise within a second. */
  changed(now: boolean): void;
  /** Saves whatever is not saved yet. */
  flush(): void;
  stop(): void;
}

const SOON_MS = 1_000;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;
/** LMSs end a session that is silent for half an hour; each save is a synchronous request, so not more often than this. */
const REGULARLY_MS = 5 * 60_000;

/** @param save Saves everything; false when that failed. `onStatus` is told each new status. */
export function savePolicy(save: () => boolean, onStatus: () => void): SavePolicy {
  let status: SaveStatus = 'saved';
  let soon: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;

  function become(next: SaveStatus): void {
    if (next === status) return;
    status = next;
    onStatus();
  }
  function plan(ms: number): void {
    soon ??= setTimeout(saveNow, ms);
  }
  function saveNow(): void {
    clearTimeout(soon);
    soon = undefined;
    if (save()) {
      retryMs = FIRST_RETRY_MS;
      become('saved');
      return;
    }
    become('failing');
    plan(retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }
  const regularly = setInterval(saveNow, REGULARLY_MS);

  return {
    get status() {
      return status;
    },
    changed(now) {
      if (now) return saveNow();
      if (status === 'saved') become('saving');
      plan(SOON_MS);
    },
    flush() {
      if (status !== 'saved') saveNow();
    },
    stop() {
      clearTimeout(soon);
      clearInterval(regularly);
    },
  };
}
