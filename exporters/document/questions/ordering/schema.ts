import { enumeration, group, itemId, itemList, kindOf, line } from '../../fields.js';
import { questionFields } from '../question-fields.js';

export const ordering = kindOf('ordering', 'OrderingQuestion', 'Items are to be put in order.', {
  ...questionFields,
  items: itemList(
    group('OrderingItem', 'One item.', { id: itemId(), text: line('The item', 300) }),
    'The items in the right order',
    { min: 2, max: 12 },
  ),
  scoring: enumeration('OrderingScoring', 'How an order is scored.', {
    ALL_OR_NOTHING: 'Full credit for exactly the right order, else none',
    PER_POSITION: 'An equal share for each item at its right place',
  }),
});
