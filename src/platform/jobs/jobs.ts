import { Injectable } from '@nestjs/common';
import { Sql } from '../database/sql.js';

export interface JobOptions {
  /** A waiting job with the same key is replaced instead of a second one made. */
  readonly jobKey?: string;
  /** Attempts in all, with growing pauses between them; 8 spread over about 50 minutes. */
  readonly maxAttempts?: number;
  /** Jobs of the same queue run one after the other, in whatever process. */
  readonly queue?: string;
  /** Not before then; at once when not given. */
  readonly runAt?: Date;
  /** A waiting job with the same key keeps its time. */
  readonly keepTime?: boolean;
}

const DEFAULT_ATTEMPTS = 8;

/** Hands work to the background. */
@Injectable()
export class Jobs {
  constructor(private readonly sql: Sql) {}

  /** Enqueues inside the current transaction: the job exists exactly when the data that it is about does. */
  async enqueue(
    task: string,
    payload: { organizationId: string } & Record<string, unknown>,
    { jobKey, maxAttempts = DEFAULT_ATTEMPTS, queue, runAt, keepTime = false }: JobOptions = {},
  ): Promise<void> {
    await this.sql.query('SELECT enqueue_job($1, $2, $3, $4, $5, $6, $7)', [
      task,
      JSON.stringify(payload),
      jobKey ?? null,
      maxAttempts,
      queue ?? null,
      runAt ?? null,
      keepTime ? 'preserve_run_at' : 'replace',
    ]);
  }
}

/** Does the jobs of one task. A job may run again after a crash, so handling it twice must do no harm. */
export interface JobHandler {
  readonly task: string;
  /**
   * Workers of its own: so many of its jobs run at once, and it and the other tasks do not wait for one another. Without,
   * it shares the workers of WORKER_CONCURRENCY.
   */
  readonly workers?: number;
  handle(payload: unknown): Promise<void>;
}
