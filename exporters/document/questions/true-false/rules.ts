import { gradeOf, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'true-false'>;

/** Response: true or false. */
export const trueFalseRules: QuestionRules<Question, boolean> = {
  accepts: (_question, response): response is boolean => typeof response === 'boolean',
  grade: (question, response) => gradeOf(Number(response === question.answer)),
  optionFeedback(question, response) {
    const feedback = response ? question.feedbackWhenTrue : question.feedbackWhenFalse;
    return feedback === undefined ? [] : [feedback];
  },
  interaction: (question, response) => ({ type: 'true-false', response, correct: question.answer }),
  pack: (_question, response) => (response ? 't' : 'f'),
  unpack: (_question, packed) => (packed === 't' ? true : packed === 'f' ? false : undefined),
  maxLength: () => 1,
};
