const LESSONS = 25;
const BLOCKS_EACH = 20;

/** How many blocks the course has. */
export const BLOCKS = LESSONS * BLOCKS_EACH;

const paragraph = (number: number) =>
  `Before you answer comment ${number}, read it twice. **What** does the person want, who else reads it, and is the answer yours to give? ` +
  'If you are not sure, ask a colleague, note what you have seen, and say when you will come back to it. A late answer is better than a wrong one.';

/** Two of five blocks are text, as in the courses that people write. */
const kinds = [
  (number: number) => ({ kind: 'text', body: paragraph(number) }),
  (number: number) => ({ kind: 'heading', level: 2, text: `Comment ${number}` }),
  (number: number) => ({ kind: 'text', body: paragraph(number) }),
  (number: number) => ({
    kind: 'callout',
    tone: 'TIP',
    ...(number % 2 === 0 && { title: 'Keep in mind' }),
    body: paragraph(number),
  }),
  (number: number) => ({
    kind: 'accordion',
    items: [1, 2, 3].map((item) => ({ id: `i${item}`, title: `Case ${item}`, body: paragraph(number) })),
  }),
];

/** A course of 500 blocks, as a document to import. */
export function largeCourse(slug: string): Record<string, unknown> {
  const block = (number: number) => ({ externalId: `block-${number}`, ...kinds[number % kinds.length]!(number) });
  const lesson = (number: number) => ({
    externalId: `lesson-${number}`,
    kind: 'page',
    title: `Lesson ${number}`,
    blocks: Array.from({ length: BLOCKS_EACH }, (_, index) => block(number * BLOCKS_EACH + index)),
  });
  return {
    format: 'lectern-course',
    formatVersion: 1,
    title: 'A large course',
    slug,
    language: 'en',
    objectives: [],
    completionRule: 'ALL_REQUIRED_LESSONS',
    sections: [
      {
        externalId: 'section',
        title: 'Section',
        lessons: Array.from({ length: LESSONS }, (_, index) => lesson(index)),
      },
    ],
  };
}
