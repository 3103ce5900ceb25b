import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one piece of work may keep the event loop from everything else. */
const MOST_MS = 10;

/** Long work in slices: `if (turns.isOver) await turns.next()` at every step lets others have their turn in between. */
export class Turns {
  private began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.began > MOST_MS;
  }

  async next(): Promise<void> {
    await nextTurn();
    this.began = performance.now();
  }
}
