/** Every kind of question. A new kind is one folder beside this file, one line in the table below, and one in rules.ts. */
import { z } from 'zod';
import { fillIn } from './fill-in/schema.js';
import { likert } from './likert/schema.js';
import { matching } from './matching/schema.js';
import { multipleChoice } from './multiple-choice/schema.js';
import { numeric } from './numeric/schema.js';
import { ordering } from './ordering/schema.js';
import { singleChoice } from './single-choice/schema.js';
import { trueFalse } from './true-false/schema.js';

export const questionKinds = [
  singleChoice,
  multipleChoice,
  trueFalse,
  matching,
  ordering,
  fillIn,
  numeric,
  likert,
] as const;

export const questionContent = z
  .discriminatedUnion('kind', questionKinds)
  .meta({ title: 'QuestionContent', description: 'A question of any kind.' });
export type QuestionContent = z.infer<typeof questionContent>;
export type QuestionKind = QuestionContent['kind'];
export type QuestionOf<K extends QuestionKind> = Extract<QuestionContent, { kind: K }>;
