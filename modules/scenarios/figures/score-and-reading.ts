/** The scores and reading times of a scenario. */
import type { Component } from '../graph/components.js';
import { meanOf, scoreOf, type Expectation } from './expectation.js';
import type { ReadingTimes } from './reading-time.js';
import type { ReadingFigures, ScoreFigures } from '../scenario-report.js';
import { settle } from '../graph/settle.js';
import { isEnding, type SituationGraph } from '../graph/situation-graph.js';

const defined = <T extends object>(figures: T) =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export function scoreFigures({ situations }: SituationGraph, expectation: Expectation | undefined): ScoreFigures {
  const scores = situations.filter(isEnding).map(scoreOf);
  return defined({
    minimum: scores.length > 0 ? scores.reduce((least, score) => Math.min(least, score)) : undefined,
    maximum: scores.length > 0 ? scores.reduce((most, score) => Math.max(most, score)) : undefined,
    expected: meanOf(expectation?.score[0], expectation?.ends[0]),
  });
}

export function readingFigures(
  graph: SituationGraph,
  components: readonly Component[],
  times: ReadingTimes,
  expectation: Expectation | undefined,
  longest: number | undefined,
): ReadingFigures {
  const shortest = settle(graph, components, Infinity, (situation, place, known) => {
    if (isEnding(situation)) return times.at(place);
    const onward = situation.ways.map(({ exit, to }) => known(to) + times.after(exit));
    return times.at(place) + onward.reduce((least, seconds) => Math.min(least, seconds), Infinity);
  })?.[0];
  return defined({
    minimum: shortest !== undefined && Number.isFinite(shortest) ? shortest : undefined,
    mean: meanOf(expectation?.seconds[0], expectation?.ends[0]),
    maximum: longest,
  });
}
