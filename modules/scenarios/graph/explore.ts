/** Plays a scenario in every possible way, by the engine that the player runs. */
import {
  follow,
  openChoices,
  openEdge,
  holds,
  startOf,
  type Scenario,
  type ScenarioNode,
  type ScenarioState,
  type VariableValues,
} from '../../../exporters/document/index.js';
import { exitsOf, type Exit, type Situation, type SituationGraph } from './situation-graph.js';

/** Beyond this many situations a scenario is approximated: it keeps the worst lint near one second and 100 MB. */
const MAX_SITUATIONS = 20_000;

/** The variables that guards ask for. The others change what a learner sees, never where a way leads. */
function decisiveVariables(scenario: Scenario): Scenario['variables'] {
  const asked = new Set(
    scenario.nodes.flatMap((node) =>
      exitsOf(node).flatMap(({ guard }) => guard?.conditions.map(({ variable }) => variable) ?? []),
    ),
  );
  return scenario.variables.filter(({ id }) => asked.has(id));
}

function openExits(node: ScenarioNode, variables: VariableValues): readonly Exit[] {
  if (node.kind === 'ending') return [];
  if (node.kind === 'decision') return openChoices(node, variables);
  const edge = openEdge(node, variables);
  return edge === undefined ? [] : [edge];
}

/** Every situation that can be reached from the start; undefined when there are more than `limit`. */
export function explore(scenario: Scenario, limit = MAX_SITUATIONS): SituationGraph | undefined {
  const played: Scenario = { variables: decisiveVariables(scenario), nodes: scenario.nodes };
  const nodes = new Map(scenario.nodes.map((node) => [node.id, node]));
  const situations: Situation[] = [];
  const states: ScenarioState[] = [];
  const places = new Map<string, number>();
  const open = new Set<string>();

  const placeOf = (state: ScenarioState, node: ScenarioNode): number => {
    const key = `${Object.values(state.variables).join()} ${state.node}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, situations.length);
    states.push(state);
    return situations.push({ node, ways: [] }) - 1;
  };

  const start = startOf(played);
  if (start !== undefined && scenario.nodes[0] !== undefined) placeOf(start, scenario.nodes[0]);
  for (let place = 0; place < situations.length; place += 1) {
    const [situation, state] = [situations[place], states[place]];
    if (situation === undefined || state === undefined) break;
    for (const { id, guard } of exitsOf(situation.node)) if (holds(guard, state.variables)) open.add(id);
    for (const exit of openExits(situation.node, state.variables)) {
      const target = nodes.get(exit.target);
      if (target !== undefined) situation.ways.push({ exit, to: placeOf(follow(played, state, exit), target) });
    }
    if (situations.length > limit) return undefined;
  }
  return { situations, exact: true, open };
}
