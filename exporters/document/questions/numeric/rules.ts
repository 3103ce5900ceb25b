import { gradeOf, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'numeric'>;

const accepts = (_question: Question, response: unknown): response is number =>
  typeof response === 'number' && Number.isFinite(response);

/** Response: a finite number. */
export const numericRules: QuestionRules<Question, number> = {
  accepts,
  grade: (question, response) => gradeOf(Number(response >= question.minimum && response <= question.maximum)),
  optionFeedback: () => [],
  interaction: (question, response) => ({
    type: 'numeric',
    response,
    minimum: question.minimum,
    maximum: question.maximum,
  }),
  pack: (_question, response) => String(response),
  unpack(question, packed) {
    const response = Number(packed);
    return packed.trim() !== '' && accepts(question, response) ? response : undefined;
  },
  // The longest decimal form of a double: -1.2345678901234567e-308
  maxLength: () => 24,
};
