/** Lets in what fits; everything else waits in the order in which it came. What is larger than all of the room is let in alone. */
export class Room {
  private taken = 0;
  private readonly waiting: { readonly size: number; readonly enter: () => void }[] = [];

  constructor(private readonly size: number) {}

  /** Does the work as soon as there is room of that size for it, and frees that when it has ended. */
  async within<T>(size: number, work: () => Promise<T>): Promise<T> {
    await this.enter(size);
    try {
      return await work();
    } finally {
      this.leave(size);
    }
  }

  /**
   * Takes room of that size, to be given back by {@link leave}.
   *
   * @param givenUp ends the waiting
   * @returns false when the waiting was given up: then nothing is taken
   */
  async enter(size: number, givenUp?: AbortSignal): Promise<boolean> {
    if (this.waiting.length === 0 && this.fits(size)) {
      this.taken += size;
      return true;
    }
    return new Promise<boolean>((tell) => {
      const one = { size, enter: () => tell(true) };
      this.waiting.push(one);
      givenUp?.addEventListener('abort', () => {
        const place = this.waiting.indexOf(one);
        if (place < 0) return;
        this.waiting.splice(place, 1);
        tell(false);
        this.letIn();
      });
    });
  }

  /** Gives room back, all that was taken or a part of it. */
  leave(size: number): void {
    this.taken -= size;
    this.letIn();
  }

  private letIn(): void {
    for (let next = this.waiting[0]; next && this.fits(next.size); next = this.waiting[0]) {
      this.waiting.shift();
      this.taken += next.size;
      next.enter();
    }
  }

  private fits(size: number): boolean {
    return this.taken === 0 || this.taken + size <= this.size;
  }
}
