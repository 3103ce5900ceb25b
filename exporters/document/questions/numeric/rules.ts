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
  // The longest form of a double: -0.0000012345678901234567. From 1e-6 on it is written without an exponent (ECMA-262 6.1.6.1.20).
  maxLength: () => 25,
};
