import { group, itemId, itemList, kindOf, line, requiredMarkdown } from '../fields.js';

export const checklist = kindOf('checklist', 'ChecklistBlock', 'Points that the learner ticks.', {
  title: line('Title of the list').optional(),
  items: itemList(
    group('ChecklistItem', 'One point of a checklist.', { id: itemId(), text: requiredMarkdown('The point', 1_000) }),
    'The points in their order',
    { max: 30 },
  ),
});
