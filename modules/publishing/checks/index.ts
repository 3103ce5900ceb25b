/** Every rule of publishing. A new one is a file beside this one and a line in the table. */
import type { Problem } from '../../../src/platform/errors.js';
import type { DraftCourse } from '../draft.js';
import { checkAssets } from './assets.js';
import type { Check, CheckContext } from './check.js';
import { checkHeadings } from './headings.js';
import { checkObjectives } from './objectives.js';
import { checkScenarios } from './scenarios.js';
import { checkStructure } from './structure.js';
import { checkSuspendData } from './suspend-data.js';
import { checkTheme } from './theme.js';

const checks: readonly Check[] = [
  checkStructure,
  checkAssets,
  checkScenarios,
  checkObjectives,
  checkHeadings,
  checkTheme,
  checkSuspendData,
];

/** Everything that stands against publishing a draft, errors first. */
export function validate(draft: DraftCourse, context: CheckContext): Problem[] {
  const problems = checks.flatMap((check) => check(draft, context));
  return [
    ...problems.filter(({ severity }) => severity !== 'WARNING'),
    ...problems.filter(({ severity }) => severity === 'WARNING'),
  ];
}
