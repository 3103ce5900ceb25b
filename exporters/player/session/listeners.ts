/** A list of those who want to be told. */
export interface Listeners<A extends unknown[]> {
  /** Returns the way to stop. */
  add(listener: (...args: A) => void): () => void;
  tell(...args: A): void;
}

export function listeners<A extends unknown[]>(): Listeners<A> {
  const all = new Set<(...args: A) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (...args) => all.forEach((listener) => listener(...args)),
  };
}
