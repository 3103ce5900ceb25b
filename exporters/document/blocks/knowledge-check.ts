import { z } from 'zod';
import { kindOf } from '../fields.js';
import { questionContent } from '../questions/index.js';

export const knowledgeCheck = kindOf(
  'knowledge-check',
  'KnowledgeCheckBlock',
  'A question to practise on; it does not count.',
  {
    question: questionContent,
    allowRetry: z.boolean().describe('Whether the learner may answer again; true when left out').optional(),
  },
);
