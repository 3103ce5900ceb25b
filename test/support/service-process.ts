import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADMIN_KEY } from './test-app.js';

const root = join(import.meta.dirname, '../..');

/** `npm start` in a process of its own, as an operator runs it. */
export class ServiceProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDirectory: string,
    /** `http://127.0.0.1:port` */
    readonly url: string,
    /** What it printed up to the moment it was up. */
    readonly greeting: string,
  ) {}

  /** Resolves when it is up. @throws Error with what it printed when it ends before. */
  static async start(dataDirectory: string, settings: Record<string, string> = {}): Promise<ServiceProcess> {
    const child = launch(dataDirectory, settings);
    const output = collect(child);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout!.on('data', () => {
        const found = /GraphQL\s+(http:\/\/\S+)\/graphql/.exec(output.text);
        if (found) resolve(found[1]!);
      });
      child.once('exit', () => reject(new Error(`The service ended: ${output.text}`)));
    });
    return new ServiceProcess(child, dataDirectory, url, output.text);
  }

  /** Runs a service that is expected to end by itself; its exit code and what it printed. */
  static async fail(
    dataDirectory: string,
    settings: Record<string, string>,
  ): Promise<{ code: number | null; output: string }> {
    const child = launch(dataDirectory, settings);
    const output = collect(child);
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, output: output.text };
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Process id of the embedded database server. */
  async databasePid(): Promise<number> {
    return Number.parseInt(await readFile(join(this.dataDirectory, 'postgres/postmaster.pid'), 'utf8'), 10);
  }

  /** Sends a signal and waits for the end; the exit code, or null after a signal that kills. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  }
}

function launch(dataDirectory: string, settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDirectory,
      LECTERN_API_KEY: ADMIN_KEY,
      SAMPLE_COURSE: 'false',
      LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output.text += text));
  }
  return output;
}
