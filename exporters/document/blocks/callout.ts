import { enumeration, kindOf, line, requiredMarkdown } from '../fields.js';

export const callout = kindOf('callout', 'CalloutBlock', 'A passage set apart from the text around it.', {
  tone: enumeration('CalloutTone', 'What a callout is for.', {
    NOTE: 'Something to know',
    TIP: 'Advice that helps',
    WARNING: 'A risk to avoid',
    POLICY: 'What the policy says',
  }),
  title: line('Title of the callout').optional(),
  body: requiredMarkdown('The passage', 5_000),
});
