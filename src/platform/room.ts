/** Lets in what fits; everything else waits in the order in which it came. What is larger than all of the room is let in alone. */
export class Room {
  private taken = 0;
  private readonly waiting: { readonly size: number; readonly enter: () => void }[] = [];

  constructor(private readonly size: number) {}

  /** Does the work as soon as there is room of that size for it, and frees that when it has ended. */
  async within<T>(size: number, work: () => Promise<T>): Promise<T> {
    if (this.waiting.length > 0 || !this.fits(size)) {
      await new Promise<void>((enter) => this.waiting.push({ size, enter }));
    } else {
      this.taken += size;
    }
    try {
      return await work();
    } finally {
      this.taken -= size;
      this.letIn();
    }
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
