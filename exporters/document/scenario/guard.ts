import { z } from 'zod';
import { enumeration, group, variableRef } from '../fields.js';

const value = {
  number: z.int().min(-1_000).max(1_000).describe('The value, for a number variable').optional(),
  boolean: z.boolean().describe('The value, for a boolean variable').optional(),
};

function requireOneValue(
  item: { number?: number | undefined; boolean?: boolean | undefined },
  context: z.RefinementCtx,
): void {
  if ((item.number === undefined) === (item.boolean === undefined)) {
    context.addIssue({ code: 'custom', path: ['number'], message: 'give either number or boolean' });
  }
}

/** A condition on the variables. */
export const guard = group('ScenarioGuard', 'A condition on the variables.', {
  match: enumeration('GuardMatch', 'How the conditions of a guard are joined.', {
    ALL: 'Every condition must hold',
    ANY: 'At least one condition must hold',
  }),
  conditions: z
    .array(
      group('ScenarioCondition', 'One comparison of a variable with a value.', {
        variable: variableRef('The variable'),
        operator: enumeration('ConditionOperator', 'How a variable is compared.', {
          EQUAL: 'The variable equals the value',
          NOT_EQUAL: 'The variable differs from the value',
          LESS: 'The variable is less than the value; numbers only',
          LESS_OR_EQUAL: 'The variable is at most the value; numbers only',
          GREATER: 'The variable is greater than the value; numbers only',
          GREATER_OR_EQUAL: 'The variable is at least the value; numbers only',
        }),
        ...value,
      }).superRefine(requireOneValue),
    )
    .min(1)
    .max(10)
    .describe('The conditions'),
});
export type Guard = z.infer<typeof guard>;

/** A change of a variable. */
export const effect = group('ScenarioEffect', 'A change of a variable.', {
  variable: variableRef('The variable'),
  operation: enumeration('EffectOperation', 'How a variable changes.', {
    SET: 'It takes the value',
    ADD: 'The value is added; numbers only',
  }),
  ...value,
}).superRefine((item, context) => {
  requireOneValue(item, context);
  if (item.operation === 'ADD' && item.number === undefined) {
    context.addIssue({ code: 'custom', path: ['operation'], message: 'ADD needs a number' });
  }
});
export type Effect = z.infer<typeof effect>;
