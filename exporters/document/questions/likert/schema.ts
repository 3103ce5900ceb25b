import { group, itemId, itemList, kindOf, line } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const likert = kindOf(
  'likert',
  'LikertQuestion',
  'A place on a scale is to be chosen; no place is right or wrong, and it never counts.',
  {
    ...questionFields,
    scale: itemList(
      group('LikertPoint', 'One place on the scale.', { id: itemId(), label: line('What the place means', 80) }),
      'The scale from one end to the other',
      { min: 2, max: 11 },
    ),
  },
);
