import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { cleanEnvironment } from './cluster.js';
import type { Cluster } from './cluster.js';
import { startWatchdog } from './watchdog.js';

const START_PATIENCE_MS = 60_000;
const LAST_LINES = 20;

/** How long connections that are just being closed may take. Pools do not wait for theirs. */
const FAREWELL_MS = 1_000;

/** One run of the database server, from its start to its end. */
export class ServerProcess {
  /** Resolves when the process has ended, however it did. */
  readonly ended: Promise<void>;
  private readonly lastLines: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', (error) => {
        this.lastLines.push(error.message);
        resolve();
      });
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.lastLines.push(...text.trimEnd().split('\n'));
      this.lastLines.splice(0, this.lastLines.length - LAST_LINES);
    });
  }

  /** Starts the server with the parameters; a watchdog stops it should this process be killed. */
  static spawn({ directory, binaries, user }: Cluster, parameters: Readonly<Record<string, string>>): ServerProcess {
    const settings = Object.entries(parameters).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [program, ...args] = [...user.prefix, binaries.postgres, '-D', directory, ...settings];
    // A group of its own: Ctrl-C in a terminal goes to the service, which stops the database when it is done with it.
    const child = spawn(program!, args, {
      ...user.spawnOptions,
      cwd: directory,
      env: cleanEnvironment(),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const server = new ServerProcess(child);
    startWatchdog(child);
    return server;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What the server said last, for an error message. */
  get lastWords(): string {
    return this.lastLines.join('\n');
  }

  /** Whether it takes connections; false when it ended before it did. */
  async ready(url: string): Promise<boolean> {
    let ended = false;
    void this.ended.then(() => (ended = true));
    const deadline = Date.now() + START_PATIENCE_MS;
    while (!ended && Date.now() < deadline) {
      if (await accepts(url)) return true;
      await sleep(30);
    }
    return false;
  }

  /** Waits a moment for clients to leave; then a fast shutdown: open transactions roll back, a checkpoint is written. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await Promise.race([this.ended, sleep(FAREWELL_MS, undefined, { ref: false })]);
    this.child.kill('SIGINT');
    await this.ended;
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    // Not yet; the caller tries again until the server is ready or ends.
    return false;
  } finally {
    await client.end();
  }
}
