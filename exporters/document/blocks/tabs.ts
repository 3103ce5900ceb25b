import { group, itemId, itemList, kindOf, line, requiredMarkdown } from '../fields.js';

export const tabs = kindOf('tabs', 'TabsBlock', 'Passages side by side, one shown at a time.', {
  tabs: itemList(
    group('Tab', 'One tab.', {
      id: itemId(),
      title: line('Label of the tab', 60),
      body: requiredMarkdown('What the tab shows', 10_000),
    }),
    'The tabs in their order',
    { min: 2, max: 8 },
  ),
});
