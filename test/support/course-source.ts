import { courseContent } from './author.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>';

/** A course with an element of every type, as a document to import. */
export function courseSource(slug: string, externalId?: string) {
  return {
    format: 'lectern-course',
    formatVersion: 1,
    ...(externalId === undefined ? {} : { externalId }),
    ...courseContent(slug),
    assets: [{ externalId: `${slug}-logo`, fileName: 'logo.svg', text: SVG }] as Record<string, unknown>[],
    sections: [
      {
        externalId: 's1',
        title: 'Basics',
        lessons: [
          {
            externalId: 'reading',
            kind: 'page',
            title: 'Reading',
            blocks: [
              { externalId: 'b1', kind: 'text', body: 'Hello *world*' },
              { externalId: 'b2', kind: 'image', asset: `${slug}-logo`, alt: 'The logo' },
              { externalId: 'b3', kind: 'accordion', items: [{ title: 'More', body: 'There is more.' }] },
            ] as Record<string, unknown>[],
          },
          {
            externalId: 'play',
            kind: 'scenario',
            title: 'Play',
            variables: [{ externalId: 'trust', kind: 'number', name: 'Trust', minimum: 0, maximum: 10, initial: 5 }],
            nodes: [
              {
                externalId: 'start',
                kind: 'decision',
                prompt: 'What now?',
                choices: [
                  {
                    externalId: 'go',
                    kind: 'choice',
                    text: 'Go on',
                    target: 'end',
                    effects: [{ variable: 'trust', operation: 'ADD', number: 1 }],
                  },
                ] as Record<string, unknown>[],
              },
              { externalId: 'end', kind: 'ending', title: 'Done', outcome: 'GOOD', score: 100, body: 'Well done.' },
            ] as Record<string, unknown>[],
          },
          {
            externalId: 'test',
            kind: 'assessment',
            title: 'Test',
            passMark: 80,
            feedback: 'AT_THE_END',
            questions: [{ externalId: 'q1', kind: 'true-false', prompt: 'Is it so?', answer: true }],
          },
        ] as Record<string, unknown>[],
      },
    ] as Record<string, unknown>[],
  };
}
