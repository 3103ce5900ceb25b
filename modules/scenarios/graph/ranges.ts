/** Ranges of values that a variable may have at a node; false counts as 0 and true as 1. */
import type { Effect, Guard, Scenario, ScenarioVariable } from '../../../exporters/document/index.js';

export type Range = readonly [least: number, greatest: number];
export type Ranges = ReadonlyMap<string, Range>;

type Condition = Guard['conditions'][number];
type Certainty = 'never' | 'maybe' | 'always';

const boundsOf = (variable: ScenarioVariable): Range =>
  variable.kind === 'boolean' ? [0, 1] : [variable.minimum, variable.maximum];

export const initialRanges = ({ variables }: Scenario): Ranges =>
  new Map(variables.map(({ id, initial }) => [id, [Number(initial), Number(initial)] as const]));

const certainty = (always: boolean, never: boolean): Certainty => (always ? 'always' : never ? 'never' : 'maybe');

const compare = {
  LESS: ([least, greatest], right) => certainty(greatest < right, least >= right),
  LESS_OR_EQUAL: ([least, greatest], right) => certainty(greatest <= right, least > right),
  GREATER: ([least, greatest], right) => certainty(least > right, greatest <= right),
  GREATER_OR_EQUAL: ([least, greatest], right) => certainty(least >= right, greatest < right),
  EQUAL: ([least, greatest], right) =>
    certainty(least === right && greatest === right, right < least || right > greatest),
  NOT_EQUAL: ([least, greatest], right) =>
    certainty(right < least || right > greatest, least === right && greatest === right),
} satisfies Record<Condition['operator'], (left: Range, right: number) => Certainty>;

/** As the engine's comparison: values of different types are never equal. */
function holdsCondition(condition: Condition, scenario: Scenario, ranges: Ranges): Certainty {
  const { operator, number, boolean } = condition;
  const variable = scenario.variables.find(({ id }) => id === condition.variable);
  const left = ranges.get(condition.variable);
  const right = number ?? boolean;
  if (variable === undefined || left === undefined || right === undefined) return 'never';
  if (typeof right !== variable.kind && operator === 'EQUAL') return 'never';
  if (typeof right !== variable.kind && operator === 'NOT_EQUAL') return 'always';
  return compare[operator](left, Number(right));
}

/** Whether a guard holds for none, some or all of the values within the ranges. */
export function certaintyOf(guard: Guard | undefined, scenario: Scenario, ranges: Ranges): Certainty {
  if (guard === undefined) return 'always';
  const found = guard.conditions.map((condition) => holdsCondition(condition, scenario, ranges));
  const [decides, agrees] = guard.match === 'ALL' ? (['never', 'always'] as const) : (['always', 'never'] as const);
  if (found.includes(decides)) return decides;
  return found.every((one) => one === agrees) ? agrees : 'maybe';
}

function changed(variable: ScenarioVariable, [least, greatest]: Range, effect: Effect): Range {
  if (variable.kind === 'boolean') {
    return effect.boolean === undefined ? [least, greatest] : [Number(effect.boolean), Number(effect.boolean)];
  }
  const held = (value: number) => Math.min(variable.maximum, Math.max(variable.minimum, value));
  const number = effect.number ?? 0;
  return effect.operation === 'SET' ? [held(number), held(number)] : [held(least + number), held(greatest + number)];
}

/** The ranges after the effects, each number held between its bounds. */
export function rangesAfter(scenario: Scenario, ranges: Ranges, effects: readonly Effect[] = []): Ranges {
  const after = new Map(ranges);
  for (const effect of effects) {
    const variable = scenario.variables.find(({ id }) => id === effect.variable);
    const range = after.get(effect.variable);
    if (variable !== undefined && range !== undefined) after.set(effect.variable, changed(variable, range, effect));
  }
  return after;
}

/**
 * The narrowest ranges that hold both; `known` itself when it holds `other` already. With `widen`, a range that grows
 * grows to the variable's bounds at once, so that repeated joins come to rest.
 */
export function joined(scenario: Scenario, known: Ranges, other: Ranges, widen: boolean): Ranges {
  const union = new Map(known);
  let grown = false;
  for (const variable of scenario.variables) {
    const [least, greatest] = known.get(variable.id) ?? boundsOf(variable);
    const [otherLeast, otherGreatest] = other.get(variable.id) ?? boundsOf(variable);
    if (otherLeast >= least && otherGreatest <= greatest) continue;
    grown = true;
    union.set(
      variable.id,
      widen ? boundsOf(variable) : [Math.min(least, otherLeast), Math.max(greatest, otherGreatest)],
    );
  }
  return grown ? union : known;
}
