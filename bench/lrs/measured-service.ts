/** A service in a process of its own, and the memory that it takes. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

interface Started {
  readonly url: string;
  readonly authorization: string;
}

interface Memory {
  readonly grownMegabytes: number;
  readonly peakMegabytes: number;
}

export class MeasuredService {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly authorization: string,
  ) {}

  static async start(): Promise<MeasuredService> {
    const child = fork(new URL('./measured-process.js', import.meta.url), { execArgv: [] });
    const { url, authorization } = await answerOf<Started>(child);
    return new MeasuredService(child, url, authorization);
  }

  get headers(): Record<string, string> {
    return { authorization: this.authorization, 'x-experience-api-version': '1.0.3' };
  }

  /** Resident memory at most since it was asked before, in megabytes. */
  async peak(): Promise<number> {
    return (await this.memory()).peakMegabytes;
  }

  /** By how many megabytes its resident memory has grown at most since it was asked before. */
  async grown(): Promise<number> {
    return (await this.memory()).grownMegabytes;
  }

  private memory(): Promise<Memory> {
    this.child.send('tell');
    return answerOf<Memory>(this.child);
  }

  async stop(): Promise<void> {
    this.child.send('stop');
    await once(this.child, 'exit');
  }
}

async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}
