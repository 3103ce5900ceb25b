/** Keeps a session for as long as its page lives, and says how that goes. */
import { listeners } from '../../session/listeners.js';
import type { Session } from '../../session/session.js';
import type { LrsReporter } from './lrs/lrs-reporter.js';
import type { Tracking, TrackingStatus } from './tracking.js';

/** Where progress is kept. */
export interface Tracker {
  readonly status: TrackingStatus;
  /** Saves what is not saved yet. */
  flush(): void;
  /** Ends the communication, once. `dismissed`: the page is going away, and only what needs no answer still works. */
  finish(how: { dismissed: boolean }): void;
}

export class PageTracking implements Tracking {
  private readonly changes = listeners<[]>();
  private isClosed = false;
  tracker: Tracker | undefined;
  reporter: LrsReporter | undefined;

  constructor(
    private readonly session: Session,
    private readonly closeWindow: () => void,
  ) {}

  get status(): TrackingStatus {
    return this.isClosed ? 'closed' : (this.tracker?.status ?? 'none');
  }

  subscribe(listener: () => void): () => void {
    return this.changes.add(listener);
  }

  changed(): void {
    this.changes.tell();
  }

  exit(): void {
    this.end({ dismissed: false });
    this.close();
    this.closeWindow();
  }

  /** The page is out of sight, perhaps for good: on phones nothing more may come. */
  hidden(): void {
    this.tracker?.flush();
    this.reporter?.flush();
  }

  /** The page goes away. */
  gone(): void {
    this.end({ dismissed: true });
  }

  /** The browser shows a page again that was gone. The LMS has ended its session, and nothing is begun anew behind its back. */
  restored(): void {
    this.close();
  }

  private end(how: { dismissed: boolean }): void {
    if (this.isClosed) return;
    this.session.terminate();
    this.tracker?.finish(how);
    this.reporter?.flush();
  }

  private close(): void {
    this.isClosed = true;
    this.changed();
  }
}
