/** How a scenario runs: pure functions that the player, the linter and the server share. */
import type { Choice, Edge } from './exit.js';
import type { Effect, Guard } from './guard.js';
import type { Scenario, ScenarioNode, ScenarioVariable } from './scenario.js';

export type VariableValue = number | boolean;
export type VariableValues = Readonly<Record<string, VariableValue>>;

/** Where a learner is in a scenario. */
export interface ScenarioState {
  node: string;
  variables: VariableValues;
}

/** The state at the start: the first node, every variable at its initial value; undefined when there is no node. */
export function startOf(scenario: Scenario): ScenarioState | undefined {
  const first = scenario.nodes[0];
  if (first === undefined) return undefined;
  return { node: first.id, variables: Object.fromEntries(scenario.variables.map(({ id, initial }) => [id, initial])) };
}

export const nodeOf = (scenario: Scenario, id: string): ScenarioNode | undefined =>
  scenario.nodes.find((node) => node.id === id);

type Condition = Guard['conditions'][number];

const compare = {
  EQUAL: (left, right) => left === right,
  NOT_EQUAL: (left, right) => left !== right,
  LESS: (left, right) => left < right,
  LESS_OR_EQUAL: (left, right) => left <= right,
  GREATER: (left, right) => left > right,
  GREATER_OR_EQUAL: (left, right) => left >= right,
} satisfies Record<Condition['operator'], (left: VariableValue, right: VariableValue) => boolean>;

function holdsCondition({ variable, operator, number, boolean }: Condition, variables: VariableValues): boolean {
  const left = variables[variable];
  const right = number ?? boolean;
  return left !== undefined && right !== undefined && compare[operator](left, right);
}

/** Whether a guard holds; no guard always does. A condition on an unknown variable never holds. */
export function holds(guard: Guard | undefined, variables: VariableValues): boolean {
  if (guard === undefined) return true;
  const test = (condition: Condition) => holdsCondition(condition, variables);
  return guard.match === 'ALL' ? guard.conditions.every(test) : guard.conditions.some(test);
}

function changed(variable: ScenarioVariable, current: VariableValue, effect: Effect): VariableValue {
  if (variable.kind === 'boolean') return effect.boolean ?? current;
  const base = effect.operation === 'ADD' ? Number(current) : 0;
  return Math.min(variable.maximum, Math.max(variable.minimum, base + (effect.number ?? 0)));
}

/** The variables after the effects, each number held between its bounds. */
export function applyEffects(
  scenario: Scenario,
  variables: VariableValues,
  effects: readonly Effect[] = [],
): VariableValues {
  const values = { ...variables };
  for (const effect of effects) {
    const variable = scenario.variables.find(({ id }) => id === effect.variable);
    const current = values[effect.variable];
    if (variable !== undefined && current !== undefined) values[effect.variable] = changed(variable, current, effect);
  }
  return values;
}

/** The choices open to the learner at a decision. */
export const openChoices = (node: ScenarioNode, variables: VariableValues): Choice[] =>
  node.choices.filter(({ guard }) => holds(guard, variables));

/** The edge that is taken from a node that is no decision: the first whose guard holds. */
export const openEdge = (node: ScenarioNode, variables: VariableValues): Edge | undefined =>
  node.edges.find(({ guard }) => holds(guard, variables));

/** The state after leaving a node by a choice or an edge. */
export const follow = (scenario: Scenario, state: ScenarioState, exit: Choice | Edge): ScenarioState => ({
  node: exit.target,
  variables: applyEffects(scenario, state.variables, exit.effects),
});
