import { gradeOf, isIdList, packIds, unpackIds, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'ordering'>;

const accepts = (question: Question, response: unknown): response is string[] =>
  isIdList(question.items, response) && response.length === question.items.length;

/** Response: the ids of all items in the learner's order. */
export const orderingRules: QuestionRules<Question, string[]> = {
  accepts,
  grade(question, response) {
    const share = question.items.filter(({ id }, index) => response[index] === id).length / question.items.length;
    return gradeOf(question.scoring === 'PER_POSITION' ? share : Math.floor(share));
  },
  optionFeedback: () => [],
  interaction: (question, response) => ({
    type: 'sequencing',
    choices: question.items,
    response,
    correct: question.items.map(({ id }) => id),
  }),
  pack: (question, response) => packIds(question.items, response),
  unpack(question, packed) {
    const response = unpackIds(question.items, packed);
    return accepts(question, response) ? response : undefined;
  },
  maxLength: (question) => question.items.length,
};
