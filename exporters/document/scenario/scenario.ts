/** A scenario as a whole: what its lesson says of it, its variables, and its nodes; the first node is the start. */
import type { Choice, Edge } from './exit.js';
import type { NodeContent } from './node.js';
import type { VariableContent } from './variable.js';

type Identified<T> = T & { id: string };

/** A node with its ways out: choices at a decision, edges elsewhere, none at an ending. */
export type ScenarioNode = Identified<NodeContent> & { choices: Choice[]; edges: Edge[] };
export type ScenarioVariable = Identified<VariableContent>;

export interface Scenario {
  variables: ScenarioVariable[];
  nodes: ScenarioNode[];
}
