/** What a play of a scenario brings on average. */
import type { Component } from '../graph/components.js';
import type { ReadingTimes } from './reading-time.js';
import { settle } from '../graph/settle.js';
import { isEnding, type Situation, type SituationGraph, type Way } from '../graph/situation-graph.js';

/** For each situation, what a play from it brings when every open way is as likely as any other. */
export interface Expectation {
  /** Probability that it ends. */
  readonly ends: readonly number[];
  /** Mean score of the plays that end, times that probability. */
  readonly score: readonly number[];
  /** Mean seconds of reading of the plays that end, times that probability. */
  readonly seconds: readonly number[];
}

/** Score of an ending; 0 elsewhere. */
export const scoreOf = ({ node }: Situation): number => (node.kind === 'ending' ? node.score : 0);

/** Every way is as likely as any other. */
function mean(ways: readonly Way[], valueOf: (way: Way) => number): number {
  let sum = 0;
  for (const way of ways) sum += valueOf(way);
  return sum / Math.max(1, ways.length);
}

/** Undefined when a loop takes too long to settle. */
export function expectationOf(
  graph: SituationGraph,
  components: readonly Component[],
  times: ReadingTimes,
): Expectation | undefined {
  const ends = settle(graph, components, 0, (situation, _place, known) =>
    isEnding(situation) ? 1 : mean(situation.ways, ({ to }) => known(to)),
  );
  if (ends === undefined) return undefined;
  const score = settle(graph, components, 0, (situation, _place, known) =>
    isEnding(situation) ? scoreOf(situation) : mean(situation.ways, ({ to }) => known(to)),
  );
  const endsAt = (place: number) => ends[place] ?? 0;
  const seconds = settle(graph, components, 0, (situation, place, known) => {
    const onward = mean(situation.ways, ({ exit, to }) => known(to) + times.after(exit) * endsAt(to));
    return onward + times.at(place) * endsAt(place);
  });
  return score && seconds && { ends, score, seconds };
}

/** Undefined stands for a probability of 0: there is no play to take the mean of. */
export const meanOf = (total: number | undefined, probability: number | undefined): number | undefined =>
  total === undefined || probability === undefined || probability === 0 ? undefined : total / probability;
