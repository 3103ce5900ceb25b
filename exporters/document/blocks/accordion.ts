import { group, itemId, itemList, kindOf, line, requiredMarkdown } from '../fields.js';

export const accordion = kindOf('accordion', 'AccordionBlock', 'Passages that open one below another.', {
  items: itemList(
    group('AccordionItem', 'One passage of an accordion.', {
      id: itemId(),
      title: line('What the learner opens'),
      body: requiredMarkdown('What is then shown', 10_000),
    }),
    'The passages in their order',
    { max: 30 },
  ),
});
