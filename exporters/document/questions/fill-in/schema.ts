import { z } from 'zod';
import { group, itemId, itemList, kindOf, line } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const fillIn = kindOf('fill-in', 'FillInQuestion', 'A word or a short phrase is to be written.', {
  ...questionFields,
  answers: itemList(
    group('FillInAnswer', 'An answer that is accepted.', {
      id: itemId(),
      text: line('The answer; blanks at its ends and runs of blanks do not count', 100),
      credit: z.number().min(0).max(1).describe('Share of the credit, 0 to 1; 1 when left out').optional(),
    }),
    'The accepted answers, the best first',
    { max: 20 },
  ),
  caseSensitive: z.boolean().describe('Whether upper and lower case must agree; false when left out').optional(),
});
