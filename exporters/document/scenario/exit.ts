/** The ways out of a node: choices of a decision, edges of every other node. */
import { z } from 'zod';
import { kindOf, line, markdown, nodeRef } from '../fields.js';
import { effect, guard } from './guard.js';

const exitFields = {
  target: nodeRef('The node it leads to'),
  guard: guard.optional(),
  effects: z.array(effect).max(10).describe('Changes of variables, in their order').optional(),
};

export const policyClauses = () =>
  z
    .array(line('Name or number of a clause of the policy', 200))
    .max(10)
    .describe('Clauses of the policy it rests on')
    .optional();

export const choice = kindOf('choice', 'ScenarioChoice', 'What the learner may do at a decision.', {
  ...exitFields,
  text: line('The choice, in the words of the learner', 500),
  feedback: markdown('What the learner reads after choosing', 3_000).optional(),
  policyClauses: policyClauses(),
});

export const edge = kindOf(
  'edge',
  'ScenarioEdge',
  'The way on from a node that is no decision; the first whose guard holds is taken.',
  exitFields,
);

export const exitKinds = [choice, edge] as const;
export const exitContent = z.discriminatedUnion('kind', exitKinds).meta({
  title: 'ScenarioExitContent',
  description: 'A way out of a node: a choice at a decision, an edge elsewhere.',
});
export type ExitContent = z.infer<typeof exitContent>;
export type Choice = z.infer<typeof choice> & { id: string };
export type Edge = z.infer<typeof edge> & { id: string };
