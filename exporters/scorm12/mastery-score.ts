import type { AssessmentLesson, CourseDocument } from '../document/index.js';
import type { PackageProblem } from '../package-format.js';

/**
 * The mastery score of a course, 0 to 100, or why it has none. An LMS compares it with the course's one score. That
 * is the course's own judgement only where passing the course is passing one assessment: the mean of several scores can
 * reach a mark that one of them misses.
 */
export function masteryScoreOf(document: CourseDocument): number | PackageProblem {
  const assessments = document.sections
    .flatMap(({ lessons }) => lessons)
    .filter((lesson): lesson is AssessmentLesson => lesson.kind === 'assessment');
  const [only] = assessments;
  if (document.completionRule !== 'ASSESSMENT_MASTERY' || only === undefined) {
    return noMasteryScore('This course is not passed or failed, so it has no mastery score.');
  }
  if (assessments.length > 1) {
    return noMasteryScore(
      'This course has several assessments; one mastery score cannot tell whether all were passed.',
    );
  }
  return only.passMark;
}

const noMasteryScore = (message: string): PackageProblem => ({
  code: 'NO_MASTERY_SCORE',
  message,
  severity: 'ERROR',
  path: ['options', 'masteryScore'],
  hint: 'Leave masteryScore out: the course reports passed or failed itself.',
});
