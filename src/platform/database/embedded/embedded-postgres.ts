import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { readOrCreateSecret } from '../../secret-file.js';
import { StartError } from '../../start-error.js';
import { withClient } from '../server.js';
import { locateBinaries } from './binaries.js';
import { ensureCluster, OWNER } from './cluster.js';
import type { Cluster } from './cluster.js';
import { loopbackEndpoint, socketEndpoint } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { retireOrphan } from './orphan.js';
import { lockFolder } from './owner-lock.js';
import { chooseProcessUser } from './process-user.js';
import { sharedBuffers } from './server-memory.js';
import { ServerProcess } from './server-process.js';

/** Restarts within this window count; more of them than allowed, and the database is given up. */
const CRASH_WINDOW_MS = 60_000;
const CRASHES_ALLOWED = 5;

/** After kill -9 of the server its children need a moment to notice and to let go of the shared memory. */
const START_ATTEMPTS = 20;
const BETWEEN_ATTEMPTS_MS = 250;

export interface EmbeddedOptions {
  /** Data folder of the cluster; its parent holds the lock and the password. Both are made when missing. */
  readonly directory: string;
  /** Parameters of the server beside ours. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Listens on loopback instead of a unix socket. */
  readonly loopback?: boolean;
  /** The server keeps crashing and is not started any more. */
  readonly onLost: (reason: Error) => void;
}

const PARAMETERS = {
  fsync: 'on',
  synchronous_commit: 'on',
  max_connections: '200',
  shared_buffers: sharedBuffers(),
  // Statements that fail are the service's to log: the server's line would hold learners' data.
  log_min_messages: 'log',
  log_destination: 'stderr',
  logging_collector: 'off',
} as const;

/** A PostgreSQL server of our own: made, started, watched, restarted when it dies, and stopped. */
export class EmbeddedPostgres {
  private readonly logger = new Logger('Database');
  private readonly crashes: number[] = [];
  private server!: ServerProcess;
  private stopping = false;

  private constructor(
    private readonly cluster: Cluster,
    private readonly endpoint: Endpoint,
    private readonly options: EmbeddedOptions,
    private readonly unlock: () => void,
  ) {}

  /**
   * Starts the cluster of a folder, made when there is none.
   *
   * @throws StartError when another process has the folder, or the server does not start.
   */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const { directory } = options;
    const parent = dirname(directory);
    mkdirSync(parent, { recursive: true });
    const unlock = lockFolder(join(parent, 'owner.lock'));
    try {
      const binaries = locateBinaries();
      const user = chooseProcessUser([parent, binaries.postgres]);
      const password = readOrCreateSecret(parent, 'database-password').value;
      const cluster: Cluster = { directory, binaries, user, password };
      if (existsSync(directory)) await retireOrphan(directory);
      await ensureCluster(cluster);
      const loopback = options.loopback ?? process.platform === 'win32';
      const endpoint = loopback ? await loopbackEndpoint() : socketEndpoint(directory, user);
      const embedded = new EmbeddedPostgres(cluster, endpoint, options, unlock);
      await embedded.launch();
      await embedded.ensureDatabase();
      return embedded;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Address of a database of the cluster, as its superuser. */
  url(database: string): string {
    return `postgresql://${OWNER}:${encodeURIComponent(this.cluster.password)}@${this.endpoint.host}/${database}`;
  }

  /** Process id of the server, for tests that kill it. */
  get pid(): number | undefined {
    return this.server.pid;
  }

  /** Stops the server cleanly and gives the folder back. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.server.stop();
    this.endpoint.close();
    this.unlock();
  }

  private async launch(): Promise<void> {
    const parameters = { ...PARAMETERS, ...this.endpoint.parameters, ...this.options.parameters };
    for (let attempt = 1; ; attempt += 1) {
      this.server = ServerProcess.spawn(this.cluster, parameters);
      if (await this.server.ready(this.url('postgres'))) break;
      await this.server.stop();
      if (attempt === START_ATTEMPTS || this.stopping) {
        throw new StartError(`The embedded database does not start. Its last words: ${this.server.lastWords}`);
      }
      await sleep(BETWEEN_ATTEMPTS_MS);
    }
    void this.server.ended.then(() => this.recover());
  }

  private async recover(): Promise<void> {
    if (this.stopping) return;
    const now = Date.now();
    this.crashes.push(now);
    const recent = this.crashes.filter((moment) => now - moment < CRASH_WINDOW_MS);
    this.logger.error(`The database process ended unexpectedly. Its last words: ${this.server.lastWords}`);
    try {
      if (recent.length > CRASHES_ALLOWED) throw new Error('The embedded database keeps crashing.');
      await this.launch();
      this.logger.log('The database process was started again.');
    } catch (error) {
      if (!this.stopping) this.options.onLost(error as Error);
    }
  }

  private async ensureDatabase(): Promise<void> {
    await withClient(this.url('postgres'), async (client) => {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [OWNER]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
    });
  }
}
