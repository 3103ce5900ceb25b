import { packIds, unpackIds, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'likert'>;

/** Response: the id of the chosen place on the scale. */
export const likertRules: QuestionRules<Question, string> = {
  accepts: (question, response): response is string => question.scale.some(({ id }) => id === response),
  grade: () => ({ score: 0, result: 'neutral' }),
  optionFeedback: () => [],
  interaction: (question, response) => ({
    type: 'likert',
    scale: question.scale.map(({ id, label }) => ({ id, text: label })),
    response,
  }),
  pack: (question, response) => packIds(question.scale, [response]),
  unpack: (question, packed) => (packed.length === 1 ? unpackIds(question.scale, packed)?.[0] : undefined),
  maxLength: () => 1,
};
