/** How an assessment is scored, and when it is passed and done. */
import { gradeResponse, isScored, type QuestionResponse } from '../../../document/questions/rules.js';
import type { AssessmentLesson, Question } from '../../../document/tree.js';
import type { AssessmentProgress } from '../../state/learner-state.js';

export const weightOf = (question: Question): number => (isScored(question) ? (question.weight ?? 1) : 0);

/** What all questions that count weigh together. */
export const totalWeight = (questions: readonly Question[]): number =>
  questions.reduce((sum, question) => sum + weightOf(question), 0);

/** Percent with two decimals. The pass mark is compared with this number, the one that the learner sees. */
export const percentOf = (share: number): number => Math.round(share * 10_000) / 100;

/** The weighted mean of the grades, 0 to 100; no answer counts as a wrong one. Undefined when no question counts. */
export function scoreOf(
  questions: readonly Question[],
  answers: Readonly<Record<string, QuestionResponse>>,
): number | undefined {
  const total = totalWeight(questions);
  if (total === 0) return undefined;
  const earned = questions.reduce((sum, question) => {
    const response = answers[question.id];
    return response === undefined ? sum : sum + weightOf(question) * gradeResponse(question, response).score;
  }, 0);
  return percentOf(earned / total);
}

/** Whether a score reaches the pass mark; where nothing counts, taking part is passing. */
export const passes = ({ passMark }: AssessmentLesson, score: number | undefined): boolean =>
  score === undefined || score >= passMark;

export const isPassed = (assessment: AssessmentLesson, progress: AssessmentProgress | undefined): boolean =>
  progress !== undefined && progress.finished > 0 && passes(assessment, progress.best);

/** Attempts left besides a running one; undefined when there is no limit. */
export function attemptsLeft(
  { attempts }: AssessmentLesson,
  progress: AssessmentProgress | undefined,
): number | undefined {
  if (attempts === undefined) return undefined;
  return Math.max(0, attempts - (progress?.finished ?? 0) - (progress?.attempt?.running === true ? 1 : 0));
}

/** Done: passed, or every attempt is used up. */
export const isDone = (assessment: AssessmentLesson, progress: AssessmentProgress | undefined): boolean =>
  isPassed(assessment, progress) || (attemptsLeft(assessment, progress) === 0 && progress?.attempt?.running !== true);
