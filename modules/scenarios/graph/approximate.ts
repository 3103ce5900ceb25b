/**
 * What can be said of a scenario with too many situations to look at each: situations of one node are taken together, each
 * variable as a range. Everything that a learner can do is in the result; some of it may be what no learner can do.
 */
import type { Scenario, ScenarioNode } from '../../../exporters/document/index.js';
import { certaintyOf, initialRanges, joined, rangesAfter, type Ranges } from './ranges.js';
import { exitsOf, type Exit, type SituationGraph } from './situation-graph.js';

// A range that still grows after this many arrivals at a node is in a loop that counts.
const ARRIVALS_BEFORE_WIDENING = 3;

/** The exits that may be open within the ranges. */
function possibleExits(scenario: Scenario, node: ScenarioNode, ranges: Ranges): Exit[] {
  const possible: Exit[] = [];
  for (const exit of exitsOf(node)) {
    const certainty = certaintyOf(exit.guard, scenario, ranges);
    if (certainty !== 'never') possible.push(exit);
    if (certainty === 'always' && node.kind !== 'decision') break; // The edges after it are never reached.
  }
  return possible;
}

/** For each node that may be reached, the values that the variables may have there. */
function rangesByNode(scenario: Scenario, nodes: ReadonlyMap<string, ScenarioNode>): Map<string, Ranges> {
  const known = new Map<string, Ranges>();
  const arrivals = new Map<string, number>();
  const [first] = scenario.nodes;
  const waiting: ScenarioNode[] = [];
  if (first !== undefined) {
    known.set(first.id, initialRanges(scenario));
    waiting.push(first);
  }
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const ranges = known.get(node.id) ?? initialRanges(scenario);
    for (const exit of possibleExits(scenario, node, ranges)) {
      const target = nodes.get(exit.target);
      if (target === undefined) continue;
      const after = rangesAfter(scenario, ranges, exit.effects);
      const before = known.get(target.id);
      const count = (arrivals.get(target.id) ?? 0) + 1;
      const merged = before === undefined ? after : joined(scenario, before, after, count > ARRIVALS_BEFORE_WIDENING);
      if (merged === before) continue;
      arrivals.set(target.id, count);
      known.set(target.id, merged);
      waiting.push(target);
    }
  }
  return known;
}

/** One situation for each node that may be reached. */
export function approximate(scenario: Scenario): SituationGraph {
  const nodes = new Map(scenario.nodes.map((node) => [node.id, node]));
  const ranges = rangesByNode(scenario, nodes);
  const reached = scenario.nodes.filter(({ id }) => ranges.has(id));
  const places = new Map(reached.map(({ id }, place) => [id, place]));
  const open = new Set<string>();
  const situations = reached.map((node) => {
    const here = ranges.get(node.id) ?? initialRanges(scenario);
    for (const { id, guard } of exitsOf(node)) if (certaintyOf(guard, scenario, here) !== 'never') open.add(id);
    const ways = possibleExits(scenario, node, here).flatMap((exit) => {
      const to = places.get(exit.target);
      return to === undefined ? [] : [{ exit, to }];
    });
    return { node, ways };
  });
  return { situations, exact: false, open };
}
