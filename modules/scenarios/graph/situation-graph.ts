/** The situations that a learner can get into, and the ways between them: what every figure and most problems rest on. */
import type { Choice, Edge, ScenarioNode } from '../../../exporters/document/index.js';

export type Exit = Choice | Edge;

/** A way from one situation to another. */
export interface Way {
  readonly exit: Exit;
  /** Place of the next situation in the graph's list. */
  readonly to: number;
}

/** A node, together with what the variables are when the learner is there. */
export interface Situation {
  readonly node: ScenarioNode;
  /** The open exits; none at an ending and at a dead end. */
  readonly ways: Way[];
}

export interface SituationGraph {
  /** The start is first; empty when the scenario has no node. */
  readonly situations: readonly Situation[];
  /** False when situations of the same node were taken together, so that a way may be there that no learner can take. */
  readonly exact: boolean;
  /** Ids of the exits whose guards hold in at least one situation. */
  readonly open: ReadonlySet<string>;
}

/** The exits that a node's kind has; others are ignored when the scenario is played. */
export function exitsOf(node: ScenarioNode): readonly Exit[] {
  if (node.kind === 'ending') return [];
  return node.kind === 'decision' ? node.choices : node.edges;
}

export const isEnding = ({ node }: Situation): boolean => node.kind === 'ending';

/** A situation that is no ending and has no way on. */
export const isDeadEnd = (situation: Situation): boolean => !isEnding(situation) && situation.ways.length === 0;
