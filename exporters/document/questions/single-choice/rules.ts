import { gradeOf, packIds, unpackIds, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'single-choice'>;

const chosen = (question: Question, response: string) => question.options.find(({ id }) => id === response);

/** Response: the id of the chosen option. */
export const singleChoiceRules: QuestionRules<Question, string> = {
  accepts: (question, response): response is string =>
    typeof response === 'string' && chosen(question, response) !== undefined,
  grade(question, response) {
    const option = chosen(question, response);
    return gradeOf(option?.credit ?? (option?.correct === true ? 1 : 0));
  },
  optionFeedback(question, response) {
    const feedback = chosen(question, response)?.feedback;
    return feedback === undefined ? [] : [feedback];
  },
  interaction: (question, response) => ({
    type: 'choice',
    choices: question.options,
    response: [response],
    correct: question.options.filter(({ correct }) => correct).map(({ id }) => [id]),
  }),
  pack: (question, response) => packIds(question.options, [response]),
  unpack: (question, packed) => (packed.length === 1 ? unpackIds(question.options, packed)?.[0] : undefined),
  maxLength: () => 1,
};
