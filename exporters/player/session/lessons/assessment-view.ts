/** What an assessment shows, and what the learner may know when. */
import { feedbackOn } from '../../../document/questions/feedback.js';
import { gradeResponse } from '../../../document/questions/rules.js';
import type { AssessmentLesson, Question } from '../../../document/tree.js';
import type { AssessmentProgress, LearnerState } from '../../state/learner-state.js';
import { orderOf } from './answers.js';
import { attemptsLeft, isPassed, passes } from './assessment-score.js';
import { shuffled } from './shuffle.js';
import type { AssessmentView, AttemptScore, QuestionView } from '../views.js';

/** Number of the current attempt, or of the last when it is over. */
export const attemptNumber = (progress: AssessmentProgress | undefined): number =>
  (progress?.finished ?? 0) + (progress?.attempt?.running === true ? 1 : 0);

const seedOf = (assessment: AssessmentLesson, state: LearnerState): string =>
  `${state.registration}:${assessment.id}:${attemptNumber(state.assessments[assessment.id])}`;

/** The questions in the order of the current attempt; in the author's before the first. */
export function questionsInOrder(assessment: AssessmentLesson, state: LearnerState): readonly Question[] {
  const begun = state.assessments[assessment.id]?.attempt !== undefined;
  return begun && assessment.shuffleQuestions === true
    ? shuffled(assessment.questions, seedOf(assessment, state))
    : assessment.questions;
}

/** What the learner may know of an answer that was given. */
interface Disclosure {
  grade: boolean;
  solution: boolean;
  locked: boolean;
}

function disclosureOf(assessment: AssessmentLesson, progress: AssessmentProgress | undefined): Disclosure {
  const over = progress?.attempt?.running === false;
  const atOnce = assessment.feedback === 'AFTER_EACH_QUESTION';
  const grade = atOnce || (over && assessment.feedback === 'AT_THE_END');
  // The right answers would spoil the attempts that are left.
  const nothingToSpoil = isPassed(assessment, progress) || attemptsLeft(assessment, progress) === 0;
  return { grade, solution: grade && nothingToSpoil, locked: over || atOnce };
}

function questionView(assessment: AssessmentLesson, state: LearnerState, question: Question): QuestionView {
  const progress = state.assessments[assessment.id];
  const response = progress?.attempt?.answers[question.id];
  const over = progress?.attempt?.running === false;
  const disclosure = disclosureOf(assessment, progress);
  const order = orderOf(question, `${seedOf(assessment, state)}:${question.id}`, assessment.shuffleOptions === true);
  if (response === undefined) {
    return { question, order, locked: over, feedback: [], showsSolution: over && disclosure.solution };
  }
  return {
    question,
    order,
    response,
    locked: disclosure.locked,
    ...(disclosure.grade ? { grade: gradeResponse(question, response) } : {}),
    feedback: disclosure.grade ? feedbackOn(question, response) : [],
    showsSolution: disclosure.solution,
  };
}

const attemptScore = (assessment: AssessmentLesson, score: number | undefined): AttemptScore => ({
  ...(score === undefined ? {} : { score }),
  passed: passes(assessment, score),
});

const phaseOf = (progress: AssessmentProgress | undefined): AssessmentView['phase'] => {
  if (progress?.attempt === undefined) return 'introduction';
  return progress.attempt.running ? 'running' : 'finished';
};

/** @param now Seconds since 1970. */
export function assessmentView(assessment: AssessmentLesson, state: LearnerState, now: number): AssessmentView {
  const progress = state.assessments[assessment.id];
  const attempt = progress?.attempt;
  const phase = phaseOf(progress);
  const left = attemptsLeft(assessment, progress);
  const questions = questionsInOrder(assessment, state).map((question) => questionView(assessment, state, question));
  const { timeLimitSeconds, passMark } = assessment;
  const isLimited = attempt?.running === true && timeLimitSeconds !== undefined;
  return {
    phase,
    attempt: attemptNumber(progress),
    ...(left === undefined ? {} : { attemptsLeft: left }),
    mayBegin: phase !== 'running' && left !== 0,
    questions,
    position: attempt?.position ?? 0,
    unanswered: questions.filter(({ response }) => response === undefined).map(({ question }) => question.id),
    ...(isLimited ? { secondsLeft: secondsLeft(attempt.startedAt, timeLimitSeconds, now) } : {}),
    passMark,
    ...(progress !== undefined && progress.finished > 0
      ? { last: attemptScore(assessment, progress.last), best: attemptScore(assessment, progress.best) }
      : {}),
  };
}

/** Never more than the whole limit, whatever was done to the device's clock. */
const secondsLeft = (startedAt: number, limit: number, now: number): number =>
  Math.min(limit, Math.max(0, startedAt + limit - now));
