import {
  enumeration,
  group,
  itemId,
  itemList,
  kindOf,
  line,
  markdown,
  plainText,
  requiredMarkdown,
} from '../fields.js';

export const caseStudy = kindOf(
  'case-study',
  'CaseStudyBlock',
  'A case to learn from, with questions to think about.',
  {
    title: line('Title of the case'),
    outcome: enumeration('CaseStudyOutcome', 'How a case ended.', {
      SUCCESS: 'It went well: what to repeat',
      FAILURE: 'It went wrong: what to avoid',
    }),
    situation: requiredMarkdown('Where the case begins', 5_000),
    whatHappened: requiredMarkdown('What was done, and what followed', 10_000),
    results: itemList(
      group('CaseStudyResult', 'A result that can be counted.', {
        id: itemId(),
        label: line('What was counted'),
        value: line('The figure with its unit', 60),
      }),
      'Results that can be counted',
      { max: 8 },
    ).optional(),
    questions: itemList(
      group('AnalysisQuestion', 'A question to think about.', {
        id: itemId(),
        question: plainText('The question', 500),
        modelAnswer: markdown("An answer to compare one's own with", 3_000).optional(),
      }),
      'Questions that take the case apart',
      { max: 10 },
    ),
  },
);
