/** What playing a small scenario brings, found by the plainest means: the linter is compared with it. */
import {
  follow,
  holds,
  nodeOf,
  openChoices,
  openEdge,
  startOf,
  type Choice,
  type Edge,
  type Scenario,
  type ScenarioState,
} from '../../exporters/document/index.js';

interface Step {
  exit: Choice | Edge;
  state: ScenarioState;
}

function steps(scenario: Scenario, state: ScenarioState): Step[] {
  const node = nodeOf(scenario, state.node);
  if (node === undefined || node.kind === 'ending') return [];
  const edge = openEdge(node, state.variables);
  const exits = node.kind === 'decision' ? openChoices(node, state.variables) : edge === undefined ? [] : [edge];
  return exits.map((exit) => ({ exit, state: follow(scenario, state, exit) }));
}

const isEnding = (scenario: Scenario, { node }: ScenarioState) => nodeOf(scenario, node)?.kind === 'ending';

function reachableFrom(scenario: Scenario, from: ScenarioState): Map<string, ScenarioState> {
  const found = new Map<string, ScenarioState>();
  const visit = (state: ScenarioState): void => {
    const key = JSON.stringify(state);
    if (found.has(key)) return;
    found.set(key, state);
    steps(scenario, state).forEach((step) => visit(step.state));
  };
  visit(from);
  return found;
}

/** Shares of a crowd of learners by where they are. */
type Crowd = Map<string, { state: ScenarioState; share: number }>;

/** The crowd after everybody has taken one step at random; those at an ending have left. */
function moved(scenario: Scenario, crowd: Crowd): Crowd {
  const next: Crowd = new Map();
  for (const { state, share } of crowd.values()) {
    const ways = steps(scenario, state);
    for (const way of ways) {
      const key = JSON.stringify(way.state);
      const before = next.get(key)?.share ?? 0;
      next.set(key, { state: way.state, share: before + share / ways.length });
    }
  }
  return next;
}

/** Steps after which somebody must have ended, if anybody can. */
const PATIENCE = 50;

/** Mean score of a crowd of learners who choose at random, of those who come to an ending; undefined when none does. */
export function scoreOfCrowd(scenario: Scenario): number | undefined {
  const start = startOf(scenario);
  let crowd: Crowd = new Map(start && [['start', { state: start, share: 1 }]]);
  let [ended, score, idle] = [0, 0, 0];
  for (; crowd.size > 0 && idle < PATIENCE; crowd = moved(scenario, crowd)) {
    const before = ended;
    for (const { state, share } of crowd.values()) {
      const node = nodeOf(scenario, state.node);
      if (node?.kind !== 'ending') continue;
      ended += share;
      score += share * node.score;
    }
    idle = ended - before < 1e-9 ? idle + 1 : 0;
  }
  return ended === 0 ? undefined : score / ended;
}

/** Walks that get into no situation twice; variables that no guard asks for make no situation of their own. */
function countPaths(scenario: Scenario, start: ScenarioState): number {
  const exits = scenario.nodes.flatMap(({ choices, edges }) => [...choices, ...edges]);
  const asked = new Set(exits.flatMap(({ guard }) => guard?.conditions.map(({ variable }) => variable) ?? []));
  const keyOf = ({ node, variables }: ScenarioState) =>
    JSON.stringify([node, Object.entries(variables).filter(([id]) => asked.has(id))]);
  const walk = (state: ScenarioState, before: readonly string[]): number => {
    const key = keyOf(state);
    if (before.includes(key)) return 0;
    if (isEnding(scenario, state)) return 1;
    return steps(scenario, state).reduce((sum, step) => sum + walk(step.state, [...before, key]), 0);
  };
  return walk(start, []);
}

/** Plays a scenario that has a start, in every way. */
export function playByHand(scenario: Scenario) {
  const start = startOf(scenario);
  if (start === undefined) throw new Error('There is no node to start at.');
  const states = [...reachableFrom(scenario, start).values()];
  const isStuck = (state: ScenarioState) => !isEnding(scenario, state) && steps(scenario, state).length === 0;
  const endings = states.flatMap(({ node: id }) => {
    const node = nodeOf(scenario, id);
    return node?.kind === 'ending' ? [node.score] : [];
  });
  const at = (nodeId: string) => states.filter(({ node }) => node === nodeId);
  const neverOpen = scenario.nodes
    .filter(({ id, kind }) => kind !== 'ending' && at(id).length > 0)
    .flatMap(({ id, kind, choices, edges }) =>
      (kind === 'decision' ? choices : edges).filter(
        ({ guard }) => !at(id).some(({ variables }) => holds(guard, variables)),
      ),
    );
  return {
    unreachable: new Set(scenario.nodes.map(({ id }) => id).filter((id) => at(id).length === 0)),
    stuck: new Set(states.filter(isStuck).map(({ node }) => node)),
    isEndless: states.some((state) =>
      [...reachableFrom(scenario, state).values()].every((later) => !isEnding(scenario, later) && !isStuck(later)),
    ),
    neverOpen: new Set(neverOpen.map(({ id }) => id)),
    taken: new Set(states.flatMap((state) => steps(scenario, state).map(({ exit }) => exit.id))),
    minimum: endings.length === 0 ? undefined : Math.min(...endings),
    maximum: endings.length === 0 ? undefined : Math.max(...endings),
    paths: countPaths(scenario, start),
  };
}
