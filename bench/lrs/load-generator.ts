import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Population } from './queries/population.js';

/** An LRS to send requests to. */
export interface Target {
  /** `http://host:port` */
  readonly url: string;
  /** Where xAPI begins, such as `/xapi`. */
  readonly path: string;
  readonly authorization: string;
}

/** Statements to post, or queries to ask. */
export type LoadWork =
  | {
      readonly kind: 'POST';
      readonly requests: number;
      readonly batch: number;
      readonly first: number;
      /** Whose statements; they go through all in turn when it is left out. */
      readonly population?: Population;
    }
  | { readonly kind: 'GET'; readonly queries: readonly string[] };

export interface LoadJob {
  readonly target: Target;
  /** Connections, each with one request at a time. */
  readonly clients: number;
  readonly work: LoadWork;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds within which half of the requests, and 99 of 100, were answered. */
  readonly p50: number;
  readonly p99: number;
}

/** Sends requests from a process of its own, so that it takes no time from the service in this one. */
export class LoadGenerator {
  private constructor(private readonly child: ChildProcess) {}

  static start(): LoadGenerator {
    return new LoadGenerator(fork(fileURLToPath(new URL('load-process.js', import.meta.url))));
  }

  /** @throws Error for an answer that is not 200 */
  async run(job: LoadJob): Promise<LoadResult> {
    this.child.send(job);
    const [{ result, error }] = (await once(this.child, 'message')) as [{ result?: LoadResult; error?: string }];
    if (!result) throw new Error(error);
    return result;
  }

  stop(): void {
    this.child.disconnect();
  }
}
