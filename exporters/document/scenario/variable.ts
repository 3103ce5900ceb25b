import { z } from 'zod';
import { kindOf, line } from '../fields.js';

const variableFields = {
  name: line('Name of the variable, such as "Trust"', 60),
  shown: z.boolean().describe('Whether the learner sees its value while playing; false when left out').optional(),
};

export const numberVariable = kindOf('number', 'NumberVariable', 'A number that stays between its bounds.', {
  ...variableFields,
  minimum: z.int().min(-1_000).max(1_000).describe('Least value; effects stop at it'),
  maximum: z.int().min(-1_000).max(1_000).describe('Greatest value; effects stop at it'),
  initial: z.int().min(-1_000).max(1_000).describe('Value at the start'),
}).superRefine(({ minimum, maximum, initial }, context) => {
  if (minimum >= maximum)
    context.addIssue({ code: 'custom', path: ['maximum'], message: 'must be greater than the minimum' });
  if (initial < minimum || initial > maximum) {
    context.addIssue({ code: 'custom', path: ['initial'], message: 'must lie between the minimum and the maximum' });
  }
});

export const booleanVariable = kindOf('boolean', 'BooleanVariable', 'Something that is so or not.', {
  ...variableFields,
  initial: z.boolean().describe('Value at the start'),
});

export const variableKinds = [numberVariable, booleanVariable] as const;
export const variableContent = z
  .discriminatedUnion('kind', variableKinds)
  .meta({ title: 'ScenarioVariableContent', description: 'A variable of any kind.' });
export type VariableContent = z.infer<typeof variableContent>;
