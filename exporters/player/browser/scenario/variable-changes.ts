import type { VariableValue, VariableValues } from '../../../document/scenario/engine.js';
import type { ScenarioLesson } from '../../../document/tree.js';
import type { ScenarioStep } from '../../session/views.js';

/** A change of a number with its sign, such as `+10`; of a boolean nothing, for its new value says it. */
function changeOf(before: VariableValue | undefined, after: VariableValue | undefined): string | undefined {
  if (typeof before !== 'number' || typeof after !== 'number' || before === after) return undefined;
  return after > before ? `+${after - before}` : `−${before - after}`;
}

/** The numbers that differ, by variable id. */
function changesBetween(before: VariableValues, after: VariableValues): Record<string, string> {
  const pairs = Object.keys(after).map((id) => [id, changeOf(before[id], after[id])] as const);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** What the last step that was left has changed. */
export function lastChanges(steps: readonly ScenarioStep[]): Record<string, string> {
  const left = steps.findLast(({ variablesAfter }) => variablesAfter !== undefined);
  return left?.variablesAfter === undefined ? {} : changesBetween(left.variables, left.variablesAfter);
}

/** What leaving this step changed of the numbers that the learner sees, in the author's order. */
export function shownChanges(
  { variables }: ScenarioLesson,
  step: ScenarioStep,
): { id: string; name: string; change: string }[] {
  const changes = changesBetween(step.variables, step.variablesAfter ?? step.variables);
  return variables.flatMap(({ id, name, shown }) => {
    const change = changes[id];
    return shown === true && change !== undefined ? [{ id, name, change }] : [];
  });
}
