import { Logger } from '@nestjs/common';
import type { WorkerEvents } from 'graphile-worker';
import pg from 'pg';

const SWEEP_MS = 5_000;

/** A worker takes its lock a moment after it begins; a job younger than this may belong to one that has not yet. */
const GRACE_SECONDS = 5;

/**
 * Frees the jobs of workers that were killed; the queue by itself would wait for hours. Each worker of each process is
 * shown to be alive by an advisory lock named after it, which PostgreSQL drops with the process's connection.
 */
export class WorkerLiveness {
  private readonly logger = new Logger('Jobs');
  private readonly workers = new Set<string>();
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(private readonly ownerUrl: string) {}

  /** Looks after the workers that these events tell of. */
  watch(events: WorkerEvents): void {
    events.on('worker:create', ({ worker }) => {
      this.workers.add(worker.workerId);
      this.sweepSoon();
    });
    events.on('worker:stop', ({ worker }) => this.workers.delete(worker.workerId));
  }

  async start(): Promise<void> {
    await this.sweep();
    this.timer = setInterval(() => this.sweepSoon(), SWEEP_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    await this.client?.end();
  }

  private sweepSoon(): void {
    this.sweeping = this.sweeping.then(() => this.sweep());
  }

  private async sweep(): Promise<void> {
    try {
      const client = await this.connection();
      for (const worker of this.workers) await this.hold(client, worker);
      await this.freeJobsOfTheDead(client);
    } catch (error) {
      // The connection is made anew by the next sweep.
      this.client = undefined;
      this.logger.warn(`Looking after the job queue failed: ${(error as Error).message}`);
    }
  }

  /** The lock counts how often it is taken, so a worker that is held already is left alone. */
  private async hold(client: pg.Client, worker: string): Promise<void> {
    await client.query(
      `SELECT pg_advisory_lock(key) FROM (SELECT hashtextextended($1, 0) AS key) AS worker
        WHERE NOT EXISTS (
          SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
             AND (classid::bigint << 32) | objid::bigint = key)`,
      [worker],
    );
  }

  private async freeJobsOfTheDead(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ workers: string[] | null }>(
      `WITH holders AS MATERIALIZED (
         SELECT DISTINCT locked_by AS worker FROM graphile_worker._private_jobs
          WHERE locked_at < now() - make_interval(secs => $1) AND NOT locked_by = ANY ($2)),
       dead AS MATERIALIZED (
         SELECT worker FROM holders WHERE pg_try_advisory_lock(hashtextextended(worker, 0))),
       released AS MATERIALIZED (
         SELECT worker, pg_advisory_unlock(hashtextextended(worker, 0)) FROM dead)
       SELECT array_agg(worker) AS workers FROM released`,
      [GRACE_SECONDS, [...this.workers]],
    );
    const workers = rows[0]?.workers;
    if (!workers) return;
    await client.query('SELECT graphile_worker.force_unlock_workers($1)', [workers]);
    this.logger.warn(`Freed the jobs of workers that are gone: ${workers.join(', ')}`);
  }

  private async connection(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({ connectionString: this.ownerUrl, application_name: 'lectern jobs' });
    client.on('error', () => (this.client = undefined));
    await client.connect();
    this.client = client;
    return client;
  }
}
