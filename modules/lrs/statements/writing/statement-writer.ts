import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { PreparedStatement } from '../prepared-statement.js';
import { StatementCommit } from './statement-commit.js';
import type { StatementConflict } from './statement-conflict.js';
import { SubmissionQueue } from './submission-queue.js';

/**
 * Commits of this process that are under way at once. What comes meanwhile goes into the next together: two keep the
 * database busy, and more would make the commits small again. What is large by itself gains nothing by waiting for others.
 */
const MOST_COMMITS = 2;
const MOST_COMMITS_OF_LARGE = 4;

/**
 * Stores statements. What requests of one organization bring at the same moment is committed together (group commit), which
 * costs one round trip and one flush of the disk. Each request stands or falls alone all the same.
 */
@Injectable()
export class StatementWriter implements OnApplicationShutdown {
  private readonly queue = new SubmissionQueue();
  private readonly underWay = new Set<Promise<void>>();
  private awake = false;

  constructor(private readonly commit: StatementCommit) {}

  /**
   * Writes all of them or none. What is stored already, and is the same, stays as it is.
   *
   * @returns the conflict when an id has another statement
   */
  write(organizationId: string, statements: readonly PreparedStatement[]): Promise<StatementConflict | undefined> {
    return new Promise((resolve, reject) => {
      this.queue.add(organizationId, { statements, resolve, reject });
      this.wake();
    });
  }

  /** What was taken is written before the connections are closed. */
  async onApplicationShutdown(): Promise<void> {
    this.commitWaiting();
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** Not at once: requests that the same turn of the event loop reads come along. A timer would only make all of them late. */
  private wake(): void {
    if (this.awake || !this.mayCommit()) return;
    this.awake = true;
    setImmediate(() => {
      this.awake = false;
      this.commitWaiting();
    });
  }

  private mayCommit(): boolean {
    return this.underWay.size < (this.queue.isNextLarge ? MOST_COMMITS_OF_LARGE : MOST_COMMITS);
  }

  private commitWaiting(): void {
    while (this.mayCommit()) {
      const group = this.queue.next();
      if (!group) return;
      const done = this.commit.commit(group.organizationId, group.submissions).then(() => {
        this.underWay.delete(done);
        this.commitWaiting();
      });
      this.underWay.add(done);
    }
  }
}
