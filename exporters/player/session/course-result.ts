/** Where the learner stands in the whole course. */
import type { AssessmentLesson, Lesson } from '../../document/tree.js';
import type { CourseIndex } from '../state/course-index.js';
import type { LearnerState } from '../state/learner-state.js';
import { isDone, isPassed, percentOf, totalWeight } from './lessons/assessment-score.js';
import type { Happening } from './transition.js';
import type { CourseResult, LessonStatus, Progress } from './views.js';

/** The lessons that completion asks for: those not optional; all, when every one is optional. */
export function requiredLessons({ lessons }: CourseIndex): readonly Lesson[] {
  const required = lessons.filter(({ optional }) => optional !== true);
  return required.length > 0 ? required : lessons;
}

export const isComplete = (lesson: Lesson, state: LearnerState): boolean =>
  lesson.kind === 'assessment' ? isDone(lesson, state.assessments[lesson.id]) : state.completed.includes(lesson.id);

function isStarted(lesson: Lesson, state: LearnerState): boolean {
  if (state.location?.lesson === lesson.id) return true;
  switch (lesson.kind) {
    case 'page':
      return lesson.blocks.some(({ id }) => state.checks[id] !== undefined || state.ticked[id] !== undefined);
    case 'scenario':
      return state.scenarios[lesson.id] !== undefined;
    case 'assessment':
      return state.assessments[lesson.id] !== undefined;
  }
}

export function lessonStatus(lesson: Lesson, state: LearnerState): LessonStatus {
  if (isComplete(lesson, state)) return 'complete';
  return isStarted(lesson, state) ? 'started' : 'not-started';
}

export function progressOf(index: CourseIndex, state: LearnerState): Progress {
  const required = requiredLessons(index);
  const completed = required.filter((lesson) => isComplete(lesson, state)).length;
  return { completed, total: required.length, share: required.length === 0 ? 1 : completed / required.length };
}

const requiredAssessments = (index: CourseIndex): AssessmentLesson[] =>
  requiredLessons(index).filter((lesson) => lesson.kind === 'assessment');

/**
 * The mean of the best scores of the required assessments, each weighing as much as its questions together; 0 to 100. Undefined
 * until each is done, and when there is none with a question that counts.
 */
function courseScore(assessments: readonly AssessmentLesson[], state: LearnerState): number | undefined {
  const total = assessments.reduce((sum, { questions }) => sum + totalWeight(questions), 0);
  if (total === 0 || !assessments.every((assessment) => isDone(assessment, state.assessments[assessment.id]))) {
    return undefined;
  }
  const earned = assessments.reduce(
    (sum, { id, questions }) => sum + totalWeight(questions) * (state.assessments[id]?.best ?? 0),
    0,
  );
  return percentOf(earned / total / 100);
}

function courseSuccess(
  index: CourseIndex,
  assessments: readonly AssessmentLesson[],
  state: LearnerState,
): boolean | undefined {
  if (index.document.completionRule !== 'ASSESSMENT_MASTERY' || assessments.length === 0) return undefined;
  if (!assessments.every((assessment) => isDone(assessment, state.assessments[assessment.id]))) return undefined;
  return assessments.every((assessment) => isPassed(assessment, state.assessments[assessment.id]));
}

export function resultOf(index: CourseIndex, state: LearnerState): CourseResult {
  const assessments = requiredAssessments(index);
  const success = courseSuccess(index, assessments, state);
  const score = courseScore(assessments, state);
  return {
    complete: progressOf(index, state).share === 1,
    ...(success === undefined ? {} : { success }),
    ...(score === undefined ? {} : { score }),
  };
}

/** What a change of state means for the course: lessons completed, progress, score, verdict, completion. */
export function consequences(index: CourseIndex, before: LearnerState, after: LearnerState): Happening[] {
  const events: Happening[] = index.lessons
    .filter((lesson) => isComplete(lesson, after) && !isComplete(lesson, before))
    .map(({ id }) => ({ kind: 'lessonCompleted', lesson: id }));
  const progress = progressOf(index, after).share;
  if (progress !== progressOf(index, before).share) events.push({ kind: 'progressed', share: progress });
  const was = resultOf(index, before);
  const { complete, success, score } = resultOf(index, after);
  const scored = score === undefined ? {} : { score };
  if (score !== undefined && score !== was.score) events.push({ kind: 'courseScored', score });
  if (success === true && was.success !== true) events.push({ kind: 'coursePassed', ...scored });
  if (success === false && was.success !== false) events.push({ kind: 'courseFailed', ...scored });
  if (complete && !was.complete) events.push({ kind: 'courseCompleted', ...scored });
  return events;
}
