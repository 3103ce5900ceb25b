import { z } from 'zod';
import { group, itemId, markdown, requiredMarkdown } from '../fields.js';

/** What every question has. */
export const questionFields = {
  prompt: requiredMarkdown('The question', 5_000),
  weight: z
    .number()
    .min(0)
    .max(100)
    .describe('How much it counts beside the other questions; 1 when left out')
    .optional(),
  feedback: group('QuestionFeedback', 'What the learner reads after answering.', {
    correct: markdown('When the answer is right', 3_000).optional(),
    partial: markdown('When the answer is right in part', 3_000).optional(),
    incorrect: markdown('When the answer is wrong', 3_000).optional(),
  }).optional(),
  objectives: z
    .array(z.string().regex(/^[A-Za-z0-9_]{1,32}$/))
    .max(20)
    .describe('Ids of the objectives of the course that the question shows')
    .optional(),
};

export const option = (title: string) =>
  group(title, 'One option of a question.', {
    id: itemId(),
    text: requiredMarkdown('The option', 1_000),
    correct: z.boolean().describe('Whether choosing it is right'),
    credit: z
      .number()
      .min(-1)
      .max(1)
      .describe(
        'Share of the credit that choosing it gives, -1 to 1; set it to accept several answers to different degrees',
      )
      .optional(),
    feedback: markdown('What the learner reads after choosing it', 2_000).optional(),
  });
