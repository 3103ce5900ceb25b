/** The kept part of a run through a scenario: replayed from its exits, and bounded. */
import { follow, nodeOf, startOf, type ScenarioState, type VariableValues } from '../../document/scenario/engine.js';
import type { Choice, Edge } from '../../document/scenario/exit.js';
import type { Scenario, ScenarioNode } from '../../document/scenario/scenario.js';
import type { ScenarioRun } from './learner-state.js';

/** Of a run that goes round in circles, only the last exits are kept: each costs a character of suspend data. */
export const MAX_EXITS = 60;

export interface WalkStep {
  node: ScenarioNode;
  variables: VariableValues;
  exit?: Choice | Edge;
}

export const exitsOf = (node: ScenarioNode): readonly (Choice | Edge)[] =>
  node.kind === 'decision' ? node.choices : node.edges;

/** The steps of a run, the last without an exit; undefined when the scenario has no such way. */
export function walk(scenario: Scenario, run: ScenarioRun): WalkStep[] | undefined {
  const steps: WalkStep[] = [];
  let state = run.start;
  for (const id of run.exits) {
    const node = nodeOf(scenario, state.node);
    const exit = node && exitsOf(node).find((candidate) => candidate.id === id);
    if (node === undefined || exit === undefined) return undefined;
    steps.push({ node, variables: state.variables, exit });
    state = follow(scenario, state, exit);
  }
  const node = nodeOf(scenario, state.node);
  return node && [...steps, { node, variables: state.variables }];
}

/** The run with one more exit; the oldest exits are folded into the start when there are too many. */
export function withExit(scenario: Scenario, run: ScenarioRun, exit: Choice | Edge): ScenarioRun {
  const longer = { start: run.start, exits: [...run.exits, exit.id] };
  const second = walk(scenario, longer)?.[1];
  return longer.exits.length <= MAX_EXITS || second === undefined
    ? longer
    : { start: { node: second.node.id, variables: second.variables }, exits: longer.exits.slice(1) };
}

/** Whether the run is kept from its very beginning. */
export function startsAtTheStart(scenario: Scenario, start: ScenarioState): boolean {
  const first = startOf(scenario);
  return (
    first?.node === start.node && scenario.variables.every(({ id }) => first.variables[id] === start.variables[id])
  );
}

/** How many exits the longest run takes, whatever its guards; undefined when a run can go round in circles. */
export function longestWalk(scenario: Scenario): number | undefined {
  const lengths = new Map<string, number | 'open'>();
  const from = (id: string): number | undefined => {
    const known = lengths.get(id);
    if (known !== undefined) return known === 'open' ? undefined : known;
    lengths.set(id, 'open');
    const node = nodeOf(scenario, id);
    let longest = 0;
    for (const exit of node === undefined ? [] : exitsOf(node)) {
      const rest = from(exit.target);
      if (rest === undefined) return undefined;
      longest = Math.max(longest, rest + 1);
    }
    lengths.set(id, longest);
    return longest;
  };
  return scenario.nodes[0] === undefined ? 0 : from(scenario.nodes[0].id);
}
