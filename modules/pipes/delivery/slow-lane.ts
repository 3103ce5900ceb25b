/** A place in the slow lane, which one turn has once it needs it. */
export interface SlowPlace {
  /** @returns whether there was room, or the place is taken already */
  enter(): boolean;
  leave(): void;
}

/** Bounds how many deliveries to targets that fail or are slow are under way in this process. */
export class SlowLane {
  private taken = 0;

  constructor(private readonly room: number) {}

  place(): SlowPlace {
    let entered = false;
    return {
      enter: () => {
        if (entered) return true;
        if (this.taken >= this.room) return false;
        this.taken += 1;
        entered = true;
        return true;
      },
      leave: () => {
        if (entered) this.taken -= 1;
        entered = false;
      },
    };
  }
}
