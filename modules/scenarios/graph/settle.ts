/** Values that each depend on those of the situations that come next. */
import type { Component } from './components.js';
import type { Situation, SituationGraph } from './situation-graph.js';

const CLOSE_ENOUGH = 1e-10;
/** Evaluations that one call may take: a fraction of a second, and far more than loops that people write need. */
const MAX_EVALUATIONS = 400_000;

type Rule = (situation: Situation, place: number, known: (place: number) => number) => number;

/**
 * The value of every situation, by `rule`. Components come in an order in which everything that a situation leads to is
 * known; inside a loop the rule is applied again until the values rest (Gauss-Seidel), beginning from `initial`.
 * Undefined when they do not rest within the bound.
 */
export function settle(
  { situations }: SituationGraph,
  components: readonly Component[],
  initial: number,
  rule: Rule,
): number[] | undefined {
  const values = situations.map(() => initial);
  const known = (place: number) => values[place] ?? initial;
  let left = MAX_EVALUATIONS;

  const evaluate = (place: number): number => {
    const situation = situations[place];
    const before = known(place);
    if (situation === undefined) return 0;
    values[place] = rule(situation, place, known);
    left -= 1;
    return before === values[place] ? 0 : Math.abs(known(place) - before);
  };

  for (const { members, loops } of components) {
    let change = Infinity;
    while (change > CLOSE_ENOUGH) {
      if (loops && left < members.length) return undefined;
      change = members.reduce((most, place) => Math.max(most, evaluate(place)), 0);
      if (!loops) break;
    }
  }
  return values;
}
