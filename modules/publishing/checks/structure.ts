import { isScored, type Lesson } from '../../../exporters/document/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { problem, type Check } from './check.js';

/** A course that can be taken: it has lessons, and none of them is empty. */
export const checkStructure: Check = ({ content, sections }) => {
  const lessons = sections.flatMap((section) => section.lessons);
  const problems: Problem[] = [];
  if (lessons.length === 0) {
    problems.push(
      problem('ERROR', 'NO_LESSON', ['sections'], 'The course has no lesson.', 'Add a section with a lesson.'),
    );
  } else if (lessons.every(({ optional }) => optional === true)) {
    problems.push(
      problem(
        'ERROR',
        'NO_REQUIRED_LESSON',
        ['sections'],
        'Every lesson is optional, so nothing completes the course.',
        'Make at least one lesson required.',
      ),
    );
  }
  if (content.completionRule === 'ASSESSMENT_MASTERY' && !lessons.some(({ kind }) => kind === 'assessment')) {
    problems.push(
      problem(
        'ERROR',
        'NO_ASSESSMENT',
        ['completionRule'],
        'The course is to be passed by assessment, and has none.',
        'Add an assessment, or choose ALL_REQUIRED_LESSONS.',
      ),
    );
  }
  sections.forEach((section, index) => {
    const path = ['sections', index];
    if (section.lessons.length === 0) {
      problems.push(
        problem(
          'WARNING',
          'EMPTY_SECTION',
          path,
          `The section "${section.title}" has no lesson.`,
          'Add a lesson or delete the section.',
        ),
      );
    }
    section.lessons.forEach((lesson, at) => problems.push(...emptyLesson(lesson, [...path, 'lessons', at])));
  });
  return problems;
};

function emptyLesson(lesson: Lesson, path: (string | number)[]): Problem[] {
  const empty = (what: string) =>
    problem(
      'ERROR',
      'EMPTY_LESSON',
      path,
      `The lesson "${lesson.title}" has no ${what}.`,
      `Add a ${what} or delete the lesson.`,
    );
  switch (lesson.kind) {
    case 'page':
      return lesson.blocks.length === 0 ? [empty('block')] : [];
    case 'scenario':
      return lesson.nodes.length === 0 ? [empty('node')] : [];
    case 'assessment':
      return lesson.questions.some(isScored) ? [] : [empty('scored question')];
  }
}
