import { z } from 'zod';
import { kindOf, line } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const numeric = kindOf('numeric', 'NumericQuestion', 'A number is to be given.', {
  ...questionFields,
  minimum: z.number().describe('The least number that is right'),
  maximum: z.number().describe('The greatest number that is right; equal to the least for one exact number'),
  unit: line('Unit shown behind the number', 30).optional(),
}).superRefine(({ minimum, maximum }, context) => {
  if (minimum > maximum)
    context.addIssue({ code: 'custom', path: ['maximum'], message: 'must not be less than the minimum' });
});
