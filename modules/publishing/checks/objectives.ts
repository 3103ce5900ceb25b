import { elementsOf, isRecord } from '../../../exporters/document/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { problem, type Check } from './check.js';

/** Questions name objectives that the course has. */
export const checkObjectives: Check = ({ content, sections }) => {
  const known = new Set(content.objectives.map(({ id }) => id));
  return elementsOf(sections).flatMap(({ content: fields, path }): Problem[] => {
    const inner = fields['kind'] === 'knowledge-check' ? fields['question'] : fields;
    const named = isRecord(inner) && Array.isArray(inner['objectives']) ? (inner['objectives'] as string[]) : [];
    return named
      .filter((id) => !known.has(id))
      .map((id) =>
        problem(
          'ERROR',
          'UNKNOWN_OBJECTIVE',
          [...path, 'objectives'],
          `The course has no objective ${id}.`,
          'Add the objective to the course, or take it off the question.',
        ),
      );
  });
};
