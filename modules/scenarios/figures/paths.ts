/** The paths through a scenario: ways from the start to an ending that get into no situation twice. */
import type { Component } from '../graph/components.js';
import type { ReadingTimes } from './reading-time.js';
import type { PathCount } from '../scenario-report.js';
import { isEnding, type SituationGraph } from '../graph/situation-graph.js';

/** Paths beyond this many are not counted. */
const MAX_PATHS = 1_000_000;
/** Ways that may be tried where loops forbid the short way of counting. */
const MAX_TRIES = 1_000_000;

export interface Paths extends PathCount {
  /** Seconds of reading on the longest path; absent when there is none, or when not all were looked at. */
  readonly longest?: number;
}

const found = (count: number, capped: boolean, longest: number): Paths => ({
  count,
  capped,
  ...(Number.isFinite(longest) && { longest }),
});

export function pathsOf(graph: SituationGraph, components: readonly Component[], times: ReadingTimes): Paths {
  return components.some(({ loops }) => loops)
    ? walkPaths(graph, reachEnding(graph, components), times)
    : addPaths(graph, components, times);
}

/** Without loops the paths of a situation are those of the situations that it leads to, together. */
function addPaths({ situations }: SituationGraph, components: readonly Component[], times: ReadingTimes): Paths {
  const counts = situations.map(() => 0);
  const longest = situations.map(() => -Infinity);
  for (const place of components.flatMap(({ members }) => members)) {
    const situation = situations[place];
    if (situation === undefined) continue;
    const { ways } = situation;
    const ends = isEnding(situation);
    counts[place] = ends
      ? 1
      : Math.min(
          MAX_PATHS + 1,
          ways.reduce((sum, { to }) => sum + (counts[to] ?? 0), 0),
        );
    const onward = ways.map(({ exit, to }) => (longest[to] ?? -Infinity) + times.after(exit));
    longest[place] = times.at(place) + (ends ? 0 : onward.reduce((most, one) => Math.max(most, one), -Infinity));
  }
  const count = counts[0] ?? 0;
  return found(Math.min(count, MAX_PATHS), count > MAX_PATHS, longest[0] ?? -Infinity);
}

/** Whether an ending can be reached from each situation: a walk that leaves it out loses no path. */
function reachEnding({ situations }: SituationGraph, components: readonly Component[]): boolean[] {
  const reaches = situations.map(() => false);
  for (const { members } of components) {
    const reached = members.some((place) => {
      const situation = situations[place];
      return situation !== undefined && (isEnding(situation) || situation.ways.some(({ to }) => reaches[to] === true));
    });
    for (const place of members) reaches[place] = reached;
  }
  return reaches;
}

/** With loops every path is walked, as far as the bound allows. */
function walkPaths({ situations }: SituationGraph, reaches: readonly boolean[], times: ReadingTimes): Paths {
  const onPath = new Uint8Array(situations.length);
  let [count, longest, tries] = [0, -Infinity, 0];
  const enter = (place: number, before: number) => {
    onPath[place] = 1;
    return { place, seconds: before + times.at(place), next: 0 };
  };
  const walk = reaches[0] === true ? [enter(0, 0)] : [];
  for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
    if (++tries > MAX_TRIES) return found(count, true, -Infinity);
    const situation = situations[top.place];
    const way = situation?.ways[top.next++];
    if (situation !== undefined && isEnding(situation)) {
      count += 1;
      longest = Math.max(longest, top.seconds);
    }
    if (way === undefined) {
      onPath[top.place] = 0;
      walk.pop();
    } else if (reaches[way.to] === true && onPath[way.to] === 0) {
      walk.push(enter(way.to, top.seconds + times.after(way.exit)));
    }
  }
  return found(count, false, longest);
}
