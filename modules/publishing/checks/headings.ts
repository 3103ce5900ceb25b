import type { Problem } from '../../../src/platform/errors.js';
import { problem, type Check } from './check.js';

/** Headings of a page go down one level at a time (WCAG 2.2, 1.3.1). */
export const checkHeadings: Check = ({ sections }) =>
  sections.flatMap((section, sectionIndex) =>
    section.lessons.flatMap((lesson, lessonIndex): Problem[] => {
      if (lesson.kind !== 'page') return [];
      const first = lesson.blocks.findIndex(({ kind }) => kind === 'heading');
      const heading = lesson.blocks[first];
      if (heading?.kind !== 'heading' || heading.level === 2) return [];
      const path = ['sections', sectionIndex, 'lessons', lessonIndex, 'blocks', first, 'level'];
      return [
        problem(
          'WARNING',
          'HEADING_LEVEL_SKIPPED',
          path,
          `The first heading of "${lesson.title}" has level 3.`,
          'Give it level 2.',
        ),
      ];
    }),
  );
