/** A change of some parts: what is undefined stays as it is; null takes a part away that may be missing. */
export type Change<T> = {
  readonly [K in keyof T]?: T[K] | (undefined extends T[K] ? null : never) | undefined;
};

/** The value with the change. Parts that were taken away are undefined. */
export function applyChange<T extends object>(value: T, change: Change<T>): T {
  const given = Object.entries(change).filter(([, part]) => part !== undefined);
  return { ...value, ...Object.fromEntries(given.map(([name, part]) => [name, part ?? undefined])) };
}
