import { enumeration, group, itemId, itemList, kindOf, line, markdown, requiredMarkdown } from '../fields.js';

export const quickReferenceCard = kindOf(
  'quick-reference-card',
  'QuickReferenceCardBlock',
  'A card to print or keep at hand: what to do at a glance.',
  {
    title: line('Title of the card'),
    purpose: markdown('When to use the card', 1_000).optional(),
    entries: itemList(
      group('QuickReferenceEntry', 'One entry of a card.', {
        id: itemId(),
        role: enumeration('QuickReferenceRole', 'What an entry of a card is.', {
          STEP: 'A step, in its order',
          DO: 'Something to do',
          DO_NOT: 'Something not to do',
          NOTE: 'Something to know',
        }),
        text: requiredMarkdown('The entry', 1_000),
      }),
      'The entries in their order',
      { max: 30 },
    ),
  },
);
