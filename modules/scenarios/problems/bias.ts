/** Whether the best choice can be told without reading: by its place or by its length. */
import { meanOf, type Expectation } from '../figures/expectation.js';
import type { ChoiceBias } from '../scenario-report.js';
import type { Finding } from './finding.js';
import type { Situation, SituationGraph, Way } from '../graph/situation-graph.js';

/** Fewer decisions than this show no pattern. */
const MIN_DECISIONS = 3;
/** Share of the decisions from which a pattern can be relied on. */
const RELIABLE = 0.8;
const SAME_SCORE = 1e-6;

/** The open choice with a better expected score than every other; undefined when several are as good. */
function bestWay(ways: readonly Way[], expectation: Expectation): Way | undefined {
  const rated = ways
    .map((way) => ({ way, score: meanOf(expectation.score[way.to], expectation.ends[way.to]) ?? -1 }))
    .sort((left, right) => right.score - left.score);
  const [best, second] = rated;
  return best !== undefined && second !== undefined && best.score - second.score > SAME_SCORE ? best.way : undefined;
}

const lengthOf = ({ exit }: Way): number => (exit.kind === 'choice' ? exit.text.length : 0);

const isLongest = (best: Way, ways: readonly Way[]) =>
  ways.every((way) => way === best || lengthOf(way) < lengthOf(best));

interface Tally {
  judged: number;
  longest: number;
  first: number;
}

function tallyOf(situations: readonly Situation[], expectation: Expectation): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { node, ways } of situations) {
    const best = node.kind === 'decision' ? bestWay(ways, expectation) : undefined;
    if (best === undefined) continue;
    const tally = tallies.get(node.id) ?? { judged: 0, longest: 0, first: 0 };
    tally.judged += 1;
    tally.longest += Number(isLongest(best, ways));
    tally.first += Number(best === ways[0]);
    tallies.set(node.id, tally);
  }
  return tallies;
}

/** Counts the decisions whose best choice is the longest, or the first, in more than half of their situations. */
export function biasOf({ situations }: SituationGraph, expectation: Expectation): ChoiceBias {
  const tallies = [...tallyOf(situations, expectation).values()];
  const mostly = (count: (tally: Tally) => number) => tallies.filter((tally) => count(tally) > tally.judged / 2).length;
  return {
    decisions: tallies.length,
    longestIsRight: mostly(({ longest }) => longest),
    firstIsRight: mostly(({ first }) => first),
  };
}

/** The patterns that are plain enough to be relied on. */
export function biasProblems({ decisions, longestIsRight, firstIsRight }: ChoiceBias): Finding[] {
  const findings: Finding[] = [];
  const shows = (count: number) => decisions >= MIN_DECISIONS && count / decisions >= RELIABLE;
  const message = (which: string, count: number) =>
    `The best choice is the ${which} one at ${count} of ${decisions} decisions.`;
  if (shows(longestIsRight)) findings.push({ code: 'LONGEST_IS_RIGHT', message: message('longest', longestIsRight) });
  if (shows(firstIsRight)) findings.push({ code: 'FIRST_IS_RIGHT', message: message('first', firstIsRight) });
  return findings;
}
