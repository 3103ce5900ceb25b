/** The memory of the service while it is under load. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Row } from '../row.js';

/** In megabytes. */
export interface Memory {
  readonly resident: number;
  /** What JavaScript holds, its buffers too. */
  readonly heap: number;
}

export interface Sample extends Memory {
  /** Seconds since the load began. */
  readonly at: number;
}

const EVERY_MS = 5_000;
/** A service that is new fills its caches, compiles, and lets its heap grow to what it works best with. */
const WARM_UP_SECONDS = 120;
/**
 * What is compared: the first and the last part of what comes after the warm-up, by the most that was resident in each. What
 * is resident goes up and down with collections; the forced one at the end of the warm-up would make its middle look small.
 */
const COMPARED = 0.25;
const RESIDENT_AT_MOST = 1.1;
const HEAP_AT_MOST = 1.1;

/** Asks the process for its memory, until it is told to stop. */
export class MemorySamples {
  readonly samples: Sample[] = [];
  private stopped = false;
  /** After a collection: at the end of the warm-up, and of the load. */
  private readonly collected: number[] = [];

  constructor(
    private readonly child: ChildProcess,
    private readonly seconds: number,
  ) {}

  async run(): Promise<void> {
    const began = performance.now();
    const warm = Math.min(WARM_UP_SECONDS, this.seconds / 3);
    while (!this.stopped) {
      const at = (performance.now() - began) / 1_000;
      this.samples.push({ at, ...(await this.ask('now')) });
      if (this.collected.length === 0 && at >= warm) this.collected.push((await this.ask('collected')).heap);
      await sleep(EVERY_MS);
    }
    this.collected.push((await this.ask('collected')).heap);
  }

  stop(): void {
    this.stopped = true;
  }

  rows(): Row[] {
    const warm = this.samples.filter(({ at }) => at >= Math.min(WARM_UP_SECONDS, this.seconds / 3));
    const part = Math.max(1, Math.floor(warm.length * COMPARED));
    const peak = (some: readonly Sample[]) => Math.max(...some.map(({ resident }) => resident));
    const [first, last] = [peak(warm.slice(0, part)), peak(warm.slice(-part))];
    const [heapFirst, heapLast] = [this.collected.at(0)!, this.collected.at(-1)!];
    const bound = 'at most' as const;
    return [
      {
        what: 'most resident memory, at the end to after the warm-up',
        ours: last,
        bare: first,
        ratio: last / first,
        wanted: RESIDENT_AT_MOST,
        bound,
        unit: 'MB',
      },
      {
        what: 'heap after a collection, at the end to after the warm-up',
        ours: heapLast,
        bare: heapFirst,
        ratio: heapLast / heapFirst,
        wanted: HEAP_AT_MOST,
        bound,
        unit: 'MB',
      },
    ];
  }

  private async ask(what: 'now' | 'collected'): Promise<Memory> {
    this.child.send(what);
    const [memory] = (await once(this.child, 'message')) as [Memory];
    return memory;
  }
}
