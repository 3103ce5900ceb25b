/** What the answers show of the objectives of the course. */
import type { CourseIndex } from '../state/course-index.js';
import type { LearnerState } from '../state/learner-state.js';
import type { AssessmentLesson } from '../../document/tree.js';
import { resultOf } from './course-result.js';
import { passes, scoreOf } from './lessons/assessment-score.js';

export interface ObjectiveResult {
  id: string;
  /** `passed` and `failed` by the questions that show it; `completed` with the course where none does. */
  status: 'passed' | 'failed' | 'completed';
  /** 0 to 100. */
  score?: number;
}

/** The objectives of which something is known, by the attempts that are over. */
export function objectiveResults(index: CourseIndex, state: LearnerState): ObjectiveResult[] {
  const assessments = index.lessons.filter((lesson) => lesson.kind === 'assessment');
  return index.document.objectives.flatMap(({ id }): ObjectiveResult[] => {
    const showing = assessments.filter(({ questions }) => scoreOf(questionsOn(id, questions), {}) !== undefined);
    if (showing.length === 0) return resultOf(index, state).complete ? [{ id, status: 'completed' }] : [];
    const over = showing.filter((assessment) => state.assessments[assessment.id]?.attempt?.running === false);
    const answers = Object.fromEntries(
      over.flatMap((assessment) => Object.entries(state.assessments[assessment.id]?.attempt?.answers ?? {})),
    );
    const score = scoreOf(
      over.flatMap(({ questions }) => questionsOn(id, questions)),
      answers,
    );
    if (score === undefined) return [];
    return [{ id, status: over.every((assessment) => passes(assessment, score)) ? 'passed' : 'failed', score }];
  });
}

const questionsOn = (objective: string, questions: AssessmentLesson['questions']) =>
  questions.filter(({ objectives }) => objectives?.includes(objective) === true);
