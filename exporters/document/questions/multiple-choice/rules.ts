import { gradeOf, isIdList, packIds, unpackIds, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'multiple-choice'>;

function perOption(question: Question, response: readonly string[]): number {
  const share = 1 / question.options.filter(({ correct }) => correct).length;
  return question.options
    .filter(({ id }) => response.includes(id))
    .reduce((sum, { correct, credit }) => sum + (credit ?? (correct ? share : -share)), 0);
}

const isExact = (question: Question, response: readonly string[]) =>
  question.options.every(({ id, correct }) => correct === response.includes(id));

/** Response: the ids of the chosen options, at least one. */
export const multipleChoiceRules: QuestionRules<Question, string[]> = {
  accepts: (question, response): response is string[] => isIdList(question.options, response) && response.length > 0,
  grade: (question, response) =>
    gradeOf(question.scoring === 'PER_OPTION' ? perOption(question, response) : Number(isExact(question, response))),
  optionFeedback: (question, response) =>
    question.options.filter(({ id }) => response.includes(id)).flatMap(({ feedback }) => feedback ?? []),
  interaction: (question, response) => ({
    type: 'choice',
    choices: question.options,
    response,
    correct: [question.options.filter(({ correct }) => correct).map(({ id }) => id)],
  }),
  pack: (question, response) => packIds(question.options, response),
  unpack: (question, packed) => unpackIds(question.options, packed),
  maxLength: (question) => question.options.length,
};
