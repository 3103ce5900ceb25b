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

/**
 * Mean score of a crowd of learners who choose at random, spread over the states: after many steps, those that end have
 * ended. Undefined when none does.
 */
export function scoreOfCrowd(scenario: Scenario): number | undefined {
  const start = startOf(scenario);
  if (start === undefined) return undefined;
  let crowd = new Map([[JSON.stringify(start), { state: start, share: 1 }]]);
  let [ended, score, endedBefore] = [0, 0, -1];
  for (let step = 0; crowd.size > 0; step += 1) {
    if (step % 50 === 0 && ended - endedBefore < 1e-9) break; // The others run in circles.
    if (step % 50 === 0) endedBefore = ended;
    const next: typeof crowd = new Map();
    for (const { state, share } of crowd.values()) {
      const node = nodeOf(scenario, state.node);
      if (node?.kind === 'ending') {
        ended += share;
        score += share * node.score;
      }
      const ways = steps(scenario, state);
      for (const way of ways) {
        const key = JSON.stringify(way.state);
        const before = next.get(key)?.share ?? 0;
        next.set(key, { state: way.state, share: before + share / ways.length });
      }
    }
    crowd = next;
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
