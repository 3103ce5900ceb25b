/** What knowledge checks and assessments share: how a question is shown, which answer is kept, what is said of it. */
import { matchingTargets } from '../../document/questions/matching/rules.js';
import type { Grade } from '../../document/questions/question-rules.js';
import {
  acceptsResponse,
  gradeResponse,
  optionFeedback,
  packResponse,
  unpackResponse,
  type QuestionResponse,
} from '../../document/questions/rules.js';
import type { Question } from '../../document/tree.js';
import { deranged, shuffled } from './shuffle.js';

const idsOf = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

/** The ids of what is shown in a list, in the order to show. Items to be ordered and targets are always shuffled. */
export function orderOf(question: Question, seed: string, shuffleOptions: boolean): string[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return shuffleOptions ? shuffled(idsOf(question.options), seed) : idsOf(question.options);
    case 'ordering':
      return deranged(idsOf(question.items), seed);
    case 'matching':
      return shuffled(idsOf(matchingTargets(question)), seed);
    case 'true-false':
    case 'fill-in':
    case 'numeric':
    case 'likert':
      return [];
  }
}

/** The answer exactly as suspend data gives it back, so that a resumed course and a running one agree; undefined when refused. */
export const keptResponse = (question: Question, response: QuestionResponse): QuestionResponse | undefined =>
  acceptsResponse(question, response) ? unpackResponse(question, packResponse(question, response)) : undefined;

function general(question: Question, result: Grade['result']): string | undefined {
  const { correct, partial, incorrect } = question.feedback ?? {};
  switch (result) {
    case 'correct':
      return correct;
    case 'partial':
      return partial ?? incorrect;
    case 'incorrect':
      return incorrect;
    case 'neutral':
      return undefined;
  }
}

/** The feedback on an answer: that of the chosen options, then that of the question. */
export function feedbackOn(question: Question, response: QuestionResponse): string[] {
  const overall = general(question, gradeResponse(question, response).result);
  return [...optionFeedback(question, response), ...(overall === undefined ? [] : [overall])];
}
