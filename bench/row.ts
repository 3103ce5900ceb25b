/** One figure of a benchmark, beside what it is compared with in the same run. */
export interface Row {
  readonly what: string;
  readonly ours: number;
  /** The same work without us: the bare driver, the bare library. */
  readonly bare?: number;
  readonly unit: string;
  /** ours / bare. */
  readonly ratio?: number;
  /** What the ratio must reach, or the figure itself where there is no ratio. Without it the figure only tells something. */
  readonly wanted?: number;
  /** Whether `wanted` is a floor, as for throughput, or a ceiling, as for times. A floor when left out. */
  readonly bound?: 'at least' | 'at most';
}

/** What a file `bench/<name>.bench.ts` exports by default. */
export interface Benchmark {
  readonly name: string;
  /** @param sizes numbers on the command line, for benchmarks that can be had in several sizes */
  run(sizes: readonly number[]): Promise<Row[]>;
}

export function isReached({ ours, ratio = ours, wanted, bound = 'at least' }: Row): boolean {
  if (wanted === undefined) return true;
  return bound === 'at least' ? ratio >= wanted : ratio <= wanted;
}

/** The middle one of several measurements: noise of the machine is in both directions. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
