/** What knowledge checks and assessments share: how a question is shown, which answer is kept. */
import { matchingTargets } from '../../../document/questions/matching/rules.js';
import {
  acceptsResponse,
  packResponse,
  unpackResponse,
  type QuestionResponse,
} from '../../../document/questions/rules.js';
import type { Question } from '../../../document/tree.js';
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
