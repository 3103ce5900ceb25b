import { z } from 'zod';
import { kindOf, markdown } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const trueFalse = kindOf('true-false', 'TrueFalseQuestion', 'A statement that is true or false.', {
  ...questionFields,
  answer: z.boolean().describe('Whether the statement is true'),
  feedbackWhenTrue: markdown('What the learner reads after answering "true"', 2_000).optional(),
  feedbackWhenFalse: markdown('What the learner reads after answering "false"', 2_000).optional(),
});
