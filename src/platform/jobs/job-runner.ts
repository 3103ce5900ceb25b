import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { EventEmitter } from 'node:events';
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

/** Connections beside one a job, for each group of workers: fetching, listening. */
const SPARE_CONNECTIONS = 3;

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
  private readonly runners: Runner[] = [];
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
    const connections = groups.reduce((sum, { concurrency }) => sum + concurrency + SPARE_CONNECTIONS, 0);
    this.pool = new pg.Pool({ connectionString: this.database.ownerUrl, max: connections });
    this.pool.on('error', (error) => this.logger.warn(`A connection of the job queue was lost: ${error.message}`));
    const events: WorkerEvents = new EventEmitter();
    events.on('job:success', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'success' }));
    events.on('job:error', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'error' }));
    this.liveness = new WorkerLiveness(this.database.ownerUrl, events);
    await this.liveness.start();
    for (const group of groups) this.runners.push(await this.run(group, this.pool, events));
  }

  /** Waits for the jobs in hand; what is not done by then is done after the next start. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
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

  private run({ concurrency, handlers }: Workers, pgPool: pg.Pool, events: WorkerEvents): Promise<Runner> {
    return run({
      pgPool,
      concurrency,
      events,
      noHandleSignals: true,
      parsedCronItems: [],
      logger: new WorkerLogger(() => (level, message) => this.logLine(level, message)),
      taskList: Object.fromEntries(handlers.map((handler) => [handler.task, (payload) => handler.handle(payload)])),
    });
  }

  private logLine(level: string, message: string): void {
    if (level === 'error') this.logger.error(message);
    else if (level === 'warning') this.logger.warn(message);
    else this.logger.debug(message);
  }
}
