/** What a learner reads about an answer: the player and the server say the same. */
import type { QuestionContent } from './index.js';
import type { Grade } from './question-rules.js';
import { gradeResponse, optionFeedback, type QuestionResponse } from './rules.js';

function general(question: QuestionContent, result: Grade['result']): string | undefined {
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
export function feedbackOn(question: QuestionContent, response: QuestionResponse): string[] {
  const overall = general(question, gradeResponse(question, response).result);
  return [...optionFeedback(question, response), ...(overall === undefined ? [] : [overall])];
}
