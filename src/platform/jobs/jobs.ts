import { Injectable } from '@nestjs/common';
import { Sql } from '../database/sql.js';

export interface JobOptions {
  /** A waiting job with the same key is replaced instead of a second one made. */
  readonly jobKey?: string;
  /** Attempts in all, with growing pauses between them; 8 spread over about 50 minutes. */
  readonly maxAttempts?: number;
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
    { jobKey, maxAttempts = DEFAULT_ATTEMPTS }: JobOptions = {},
  ): Promise<void> {
    await this.sql.query('SELECT enqueue_job($1, $2, $3, $4)', [
      task,
      JSON.stringify(payload),
      jobKey ?? null,
      maxAttempts,
    ]);
  }
}

/** Does the jobs of one task. A job may run again after a crash, so handling it twice must do no harm. */
export interface JobHandler {
  readonly task: string;
  handle(payload: unknown): Promise<void>;
}
