/** Problems of the ways that learners can take. */
import type { Scenario } from '../../../exporters/document/index.js';
import type { Component } from '../graph/components.js';
import { labelOf } from './label.js';
import type { ScenarioProblemCode } from '../scenario-report.js';
import type { Finding } from './finding.js';
import { exitsOf, isDeadEnd, isEnding, type SituationGraph } from '../graph/situation-graph.js';

/** For a situation, the exits of a shortest way to it from the start. */
function trails({ situations }: SituationGraph): (place: number) => string[] {
  const arrivals = new Map<number, { from: number; exitId: string }>();
  const queue = [0];
  for (const place of queue) {
    for (const { exit, to } of situations[place]?.ways ?? []) {
      if (to === 0 || arrivals.has(to)) continue;
      arrivals.set(to, { from: place, exitId: exit.id });
      queue.push(to);
    }
  }
  return (place) => {
    const trail: string[] = [];
    for (let arrival = arrivals.get(place); arrival !== undefined; arrival = arrivals.get(arrival.from)) {
      trail.unshift(arrival.exitId);
    }
    return trail;
  };
}

/** One problem for each node among the places, with a way to the first of its situations. */
function problemsAt(
  graph: SituationGraph,
  places: readonly number[],
  code: ScenarioProblemCode,
  message: (label: string) => string,
): Finding[] {
  const trailTo = trails(graph);
  const told = new Set<string>();
  return places.flatMap((place) => {
    const node = graph.situations[place]?.node;
    if (node === undefined || told.has(node.id)) return [];
    told.add(node.id);
    const trail = graph.exact ? { trail: trailTo(place) } : {};
    return [{ code, message: message(labelOf(node)), elementId: node.id, ...trail }];
  });
}

function deadEnds(scenario: Scenario, graph: SituationGraph): Finding[] {
  const nodeIds = new Set(scenario.nodes.map(({ id }) => id));
  const places = [...graph.situations.keys()].filter((place) => {
    const situation = graph.situations[place];
    if (situation === undefined || !isDeadEnd(situation)) return false;
    // An open exit that leads nowhere has been reported for what it is.
    return exitsOf(situation.node).every(({ id, target }) => !graph.open.has(id) || nodeIds.has(target));
  });
  return problemsAt(
    graph,
    places,
    'DEAD_END',
    (label) => `At the ${label} the learner can get stuck: no exit is open.`,
  );
}

/** Loops from which nothing leads away. */
function endlessLoops(graph: SituationGraph, components: readonly Component[]): Finding[] {
  const places = components.flatMap(({ members, loops }) => {
    const inside = new Set(members);
    const leaves = members.some((place) => graph.situations[place]?.ways.some(({ to }) => !inside.has(to)));
    return loops && !leaves ? [members.reduce((least, one) => Math.min(least, one))] : [];
  });
  return problemsAt(
    graph,
    places,
    'LOOP_WITHOUT_EXIT',
    (label) => `The ${label} is in a loop that never comes to an ending.`,
  );
}

function unusedParts(scenario: Scenario, graph: SituationGraph): Finding[] {
  const reached = new Set(graph.situations.map(({ node }) => node.id));
  const taken = new Set(graph.situations.flatMap(({ ways }) => ways.map(({ exit }) => exit.id)));
  const nodeIds = new Set(scenario.nodes.map(({ id }) => id));
  return scenario.nodes.flatMap((node): Finding[] => {
    if (!reached.has(node.id)) {
      return [{ code: 'UNREACHABLE_NODE', message: `The ${labelOf(node)} cannot be reached.`, elementId: node.id }];
    }
    return exitsOf(node).flatMap((exit): Finding[] => {
      const found = (code: ScenarioProblemCode, what: string): Finding[] => [
        { code, message: `The ${labelOf(exit)} of the ${labelOf(node)} ${what}.`, elementId: exit.id },
      ];
      if (!graph.open.has(exit.id)) return found('GUARD_NEVER_HOLDS', 'is never open');
      const leads = taken.has(exit.id) || !nodeIds.has(exit.target);
      return leads ? [] : found('EDGE_NEVER_TAKEN', 'always comes after one that is taken');
    });
  });
}

/** Missing endings, dead ends, endless loops, and what no learner will ever see. */
export function routeProblems(scenario: Scenario, graph: SituationGraph, components: readonly Component[]): Finding[] {
  const noEnding = graph.situations.some(isEnding)
    ? []
    : [{ code: 'NO_ENDING', message: 'No ending can be reached.' } as const];
  return [
    ...noEnding,
    ...deadEnds(scenario, graph),
    ...endlessLoops(graph, components),
    ...unusedParts(scenario, graph),
  ];
}
