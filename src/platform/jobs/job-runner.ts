import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger as WorkerLogger, run } from 'graphile-worker';
import type { Runner, WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { DATABASE } from '../database/database.js';
import type { Database } from '../database/database.js';
import { Metrics } from '../http/metrics.js';
import type { JobHandler } from './jobs.js';
import { WorkerLiveness } from './worker-liveness.js';

/** Connections beside those of the workers, for each group of them: fetching, listening. */
const SPARE_CONNECTIONS = 3;

/** Of a worker: one for its job; one to listen, when it is there in place of another. */
const WORKER_CONNECTIONS = 2;

/** Before a worker is replaced, and between attempts: the database may be away. */
const REPLACE_AFTER_MS = 1_000;

/** Handlers whose jobs the same workers do. */
interface Workers {
  readonly concurrency: number;
  readonly handlers: readonly JobHandler[];
}

/** Runs the jobs of all registered handlers in this process. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private readonly runners = new Set<Runner>();
  private readonly replacing = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private pool: pg.Pool | undefined;
  private liveness: WorkerLiveness | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE) private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  /** To be called in onModuleInit: when the application is up, the set of tasks is fixed. */
  register(handler: JobHandler): void {
    if (this.handlers.has(handler.task)) throw new Error(`Two handlers want the task ${handler.task}.`);
    this.handlers.set(handler.task, handler);
  }

  async onApplicationBootstrap(): Promise<void> {
    const groups = this.workerGroups();
    if (groups.length === 0) return;
    const connections = groups.reduce(
      (sum, { concurrency }) => sum + concurrency * WORKER_CONNECTIONS + SPARE_CONNECTIONS,
      0,
    );
    this.pool = new pg.Pool({ connectionString: this.database.ownerUrl, max: connections });
    this.pool.on('error', (error) => this.logger.warn(`A connection of the job queue was lost: ${error.message}`));
    this.liveness = new WorkerLiveness(this.database.ownerUrl);
    await this.liveness.start();
    for (const group of groups) await this.run(group, this.pool);
  }

  /** Waits for the jobs in hand; what is not done by then is done after the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.replacing);
    await Promise.all([...this.runners].map((runner) => runner.stop()));
    await this.liveness?.stop();
    await this.pool?.end();
  }

  private workerGroups(): Workers[] {
    const { workerConcurrency } = this.config;
    if (workerConcurrency === 0) return [];
    const handlers = [...this.handlers.values()];
    const shared = {
      concurrency: workerConcurrency,
      handlers: handlers.filter(({ workers }) => workers === undefined),
    };
    const apart = handlers.flatMap((handler) =>
      handler.workers === undefined ? [] : [{ concurrency: handler.workers, handlers: [handler] }],
    );
    return [shared, ...apart].filter((group) => group.handlers.length > 0);
  }

  private async run(group: Workers, pgPool: pg.Pool): Promise<void> {
    const { concurrency, handlers } = group;
    const events: WorkerEvents = new EventEmitter();
    events.on('job:success', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'success' }));
    events.on('job:error', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'error' }));
    this.liveness?.watch(events);
    let lost = 0;
    events.on('worker:fatalError', () => {
      lost += 1;
      if (lost === concurrency) void this.retire(runner);
      this.replace(group, pgPool);
    });
    const runner = await run({
      pgPool,
      concurrency,
      events,
      noHandleSignals: true,
      parsedCronItems: [],
      logger: new WorkerLogger(() => (level, message) => this.logLine(level, message)),
      taskList: Object.fromEntries(handlers.map((handler) => [handler.task, (payload) => handler.handle(payload)])),
    });
    this.runners.add(runner);
  }

  /**
   * A worker that cannot tell the queue what became of its job (the database went away) ends, and graphile-worker starts no
   * other in its place: without this, a restart of the database would leave fewer workers, at last none.
   */
  private replace(group: Workers, pgPool: pg.Pool): void {
    const replaced = this.replaceUntilDone({ ...group, concurrency: 1 }, pgPool);
    this.replacing.add(replaced);
    void replaced.finally(() => this.replacing.delete(replaced));
  }

  private async replaceUntilDone(group: Workers, pgPool: pg.Pool): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await pause(REPLACE_AFTER_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.run(group, pgPool);
        return this.logger.warn('A worker of the job queue was lost; another has taken its place.');
      } catch (error) {
        this.logger.warn(`A worker of the job queue cannot be replaced yet: ${(error as Error).message}`);
      }
    }
  }

  /** Nothing works for it any more. */
  private async retire(runner: Runner): Promise<void> {
    this.runners.delete(runner);
    try {
      await runner.stop();
    } catch (error) {
      this.logger.warn(`Stopping lost workers failed: ${(error as Error).message}`);
    }
  }

  private logLine(level: string, message: string): void {
    if (level === 'error') this.logger.error(message);
    else if (level === 'warning') this.logger.warn(message);
    else this.logger.debug(message);
  }
}
