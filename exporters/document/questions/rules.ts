/** The rules of every kind of question, and the calls that pick them by kind. */
import type { QuestionContent, QuestionKind, QuestionOf } from './index.js';
import { fillInRules } from './fill-in/rules.js';
import { likertRules } from './likert/rules.js';
import { matchingRules, type MatchingResponse } from './matching/rules.js';
import { multipleChoiceRules } from './multiple-choice/rules.js';
import { numericRules } from './numeric/rules.js';
import { orderingRules } from './ordering/rules.js';
import type { Grade, Interaction, QuestionRules } from './question-rules.js';
import { singleChoiceRules } from './single-choice/rules.js';
import { trueFalseRules } from './true-false/rules.js';

/** The shape of the learner's answer to each kind of question. */
interface Responses {
  'single-choice': string;
  'multiple-choice': string[];
  'true-false': boolean;
  matching: MatchingResponse;
  ordering: string[];
  'fill-in': string;
  numeric: number;
  likert: string;
}

export type QuestionResponse = Responses[QuestionKind];

const questionRules: { [K in QuestionKind]: QuestionRules<QuestionOf<K>, Responses[K]> } = {
  'single-choice': singleChoiceRules,
  'multiple-choice': multipleChoiceRules,
  'true-false': trueFalseRules,
  matching: matchingRules,
  ordering: orderingRules,
  'fill-in': fillInRules,
  numeric: numericRules,
  likert: likertRules,
};

// The table pairs each kind with its own rules; the compiler cannot see that the question at hand is of that very kind.
const rulesOf = (question: QuestionContent) =>
  questionRules[question.kind] as unknown as QuestionRules<QuestionContent, QuestionResponse>;

export const acceptsResponse = (question: QuestionContent, response: unknown): response is QuestionResponse =>
  rulesOf(question).accepts(question, response);

/** Grades an answer that `acceptsResponse` took. */
export const gradeResponse = (question: QuestionContent, response: QuestionResponse): Grade =>
  rulesOf(question).grade(question, response);

export const optionFeedback = (question: QuestionContent, response: QuestionResponse): readonly string[] =>
  rulesOf(question).optionFeedback(question, response);

export const interactionOf = (question: QuestionContent, response: QuestionResponse): Interaction =>
  rulesOf(question).interaction(question, response);

export const packResponse = (question: QuestionContent, response: QuestionResponse): string =>
  rulesOf(question).pack(question, response);

/** The answer that was packed, or undefined when it does not fit the question as it is now. */
export function unpackResponse(question: QuestionContent, packed: string): QuestionResponse | undefined {
  const response = rulesOf(question).unpack(question, packed);
  return acceptsResponse(question, response) ? response : undefined;
}

export const maxPackedLength = (question: QuestionContent): number => rulesOf(question).maxLength(question);

/** Whether the answer counts towards a score. */
export const isScored = (question: QuestionContent): boolean =>
  question.kind !== 'likert' && (question.weight ?? 1) > 0;
