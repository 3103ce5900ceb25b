import { itemList, kindOf } from '../../fields.js';
import { option, questionFields } from '../question-fields.js';

export const singleChoice = kindOf(
  'single-choice',
  'SingleChoiceQuestion',
  'One option is to be chosen; several may be acceptable.',
  {
    ...questionFields,
    options: itemList(option('SingleChoiceOption'), 'The options in their order', { min: 2, max: 10 }),
  },
).superRefine(({ options }, context) => {
  if (!options.some(({ correct }) => correct)) {
    context.addIssue({ code: 'custom', path: ['options'], message: 'needs at least one option that is correct' });
  }
});
