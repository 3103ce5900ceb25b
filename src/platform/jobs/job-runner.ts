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

/** Connections beside one a job: fetching, listening. */
const SPARE_CONNECTIONS = 3;

/** Runs the jobs of all registered handlers in this process. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly handlers = new Map<string, JobHandler>();
  private runner: Runner | undefined;
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
    const concurrency = this.config.workerConcurrency;
    if (concurrency === 0 || this.handlers.size === 0) return;
    this.pool = new pg.Pool({ connectionString: this.database.ownerUrl, max: concurrency + SPARE_CONNECTIONS });
    this.pool.on('error', (error) => this.logger.warn(`A connection of the job queue was lost: ${error.message}`));
    const events: WorkerEvents = new EventEmitter();
    events.on('job:success', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'success' }));
    events.on('job:error', ({ job }) => this.metrics.jobs.inc({ task: job.task_identifier, outcome: 'error' }));
    this.liveness = new WorkerLiveness(this.database.ownerUrl, events);
    await this.liveness.start();
    this.runner = await run({
      pgPool: this.pool,
      concurrency,
      events,
      noHandleSignals: true,
      parsedCronItems: [],
      logger: new WorkerLogger(() => (level, message) => this.logLine(level, message)),
      taskList: Object.fromEntries(
        [...this.handlers.values()].map((handler) => [handler.task, (payload) => handler.handle(payload)]),
      ),
    });
  }

  /** Waits for the jobs in hand; what is not done by then is done after the next start. */
  async onApplicationShutdown(): Promise<void> {
    await this.runner?.stop();
    await this.liveness?.stop();
    await this.pool?.end();
  }

  private logLine(level: string, message: string): void {
    if (level === 'error') this.logger.error(message);
    else if (level === 'warning') this.logger.warn(message);
    else this.logger.debug(message);
  }
}
