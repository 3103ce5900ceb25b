import { ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import type { RuleFilter, RuleSettings } from './retention-rule.js';

/** What State documents can be chosen by: they have no verb. */
const OF_DOCUMENTS: readonly (keyof RuleFilter)[] = ['activities', 'agents', 'registrations', 'registered'];

/**
 * What types cannot say of a rule.
 *
 * @param place of the rule in the input
 */
export function checkRule(rule: RuleSettings, place: readonly string[] = []): ValidationFailed | undefined {
  const problems = [...problemsOf(rule)].map((problem) => ({ ...problem, path: [...place, ...problem.path] }));
  return problems.length > 0 ? new ValidationFailed(problems) : undefined;
}

function* problemsOf({ kind, action, days, basis, filter }: RuleSettings): Generator<Problem> {
  if (action === 'DELETE' && days === undefined) {
    yield {
      code: 'REQUIRED',
      message: 'A rule that deletes needs to know after how many days.',
      path: ['days'],
      severity: 'ERROR',
      hint: 'Give days, or make it a rule that keeps.',
    };
  }
  if (kind === 'STATEMENTS') return;
  if (basis !== 'STORED') {
    const message = 'The age of State documents counts from when they were changed: leave basis out.';
    yield { code: 'NOT_ALLOWED', message, path: ['basis'], severity: 'ERROR' };
  }
  for (const name of Object.keys(filter) as (keyof RuleFilter)[]) {
    if (OF_DOCUMENTS.includes(name)) continue;
    yield {
      code: 'NOT_ALLOWED',
      message: `State documents are not chosen by ${name}.`,
      path: ['filter', name],
      severity: 'ERROR',
      hint: `What there is: ${OF_DOCUMENTS.join(', ')}.`,
    };
  }
}
