import { elementsOf } from '../../../exporters/document/index.js';
import { lintScenario, type ScenarioProblem } from '../../scenarios/index.js';
import { problem, type Check } from './check.js';

/** What the scenario linter says of every scenario, each problem at the element that is to be mended. */
export const checkScenarios: Check = ({ sections }) => {
  const places = new Map(elementsOf(sections).map(({ id, path }) => [id, path]));
  const lessons = sections.flatMap((section) => section.lessons);
  return lessons.flatMap((lesson) => {
    if (lesson.kind !== 'scenario' || lesson.nodes.length === 0) return [];
    const placed = ({ severity, code, message, hint, elementId }: ScenarioProblem) =>
      problem(severity, code, places.get(elementId ?? lesson.id) ?? [], message, hint);
    return lintScenario(lesson).problems.map(placed);
  });
};
