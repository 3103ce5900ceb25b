import { enumeration, itemList, kindOf } from '../../fields.js';
import { option, questionFields } from '../question-fields.js';

export const multipleChoice = kindOf(
  'multiple-choice',
  'MultipleChoiceQuestion',
  'All options that apply are to be chosen.',
  {
    ...questionFields,
    options: itemList(option('MultipleChoiceOption'), 'The options in their order', { min: 2, max: 12 }),
    scoring: enumeration('MultipleChoiceScoring', 'How the choice of several options is scored.', {
      ALL_OR_NOTHING: 'Full credit for exactly the right options, else none',
      PER_OPTION:
        'Each option adds its credit: an equal share for a right one, the same share off for a wrong one, unless it says otherwise; never below none',
    }),
  },
).superRefine(({ options }, context) => {
  if (!options.some(({ correct }) => correct)) {
    context.addIssue({ code: 'custom', path: ['options'], message: 'needs at least one option that is correct' });
  }
});
