/** Rules of a template (section 8.1; the algorithm follows_rule of Communication 2.1). */
import { isDeepStrictEqual } from 'node:util';
import type { Budget } from './budget.js';
import { evaluate, placeOf } from './json-path.js';
import type { PathMatch } from './json-path.js';
import { shown } from './profile-problem.js';
import type { Fault } from './profile-problem.js';
import type { TemplateRule } from './profile.js';

/** What location and selector lead to, and the places where the selector found nothing. */
interface Evaluated {
  readonly values: readonly PathMatch[];
  readonly unmatchable: readonly (readonly string[])[];
}

/**
 * What breaks the rule.
 *
 * @throws BudgetSpent
 */
export function* faultsOfRule(rule: TemplateRule, statement: unknown, budget: Budget): Generator<Fault> {
  const found = evaluateRule(rule, statement, budget);
  const fault = (code: string, message: string, path: readonly string[], severity: Fault['severity'] = 'ERROR') => ({
    ...{ code, message, path, severity },
    location: rule.location.text,
  });
  const where = placeText(rule);
  const place = placeOf(rule.location);
  const isEmpty = found.values.length === 0 && found.unmatchable.length === 0;
  if (rule.presence === 'included') {
    if (isEmpty) yield fault('MISSING', `${where} must ${wanted(rule)}.`, place);
    for (const path of found.unmatchable) yield fault('MISSING', `${rule.selector!.text} must be there.`, path);
  }
  if (rule.presence === 'recommended' && isEmpty) {
    yield fault('RECOMMENDED', `${where} should be there.`, place, 'WARNING');
  }
  if (rule.presence === 'excluded') {
    for (const { path } of found.values) yield fault('NOT_ALLOWED', `${path.join('.')} must not be there.`, path);
    return;
  }
  // Without presence the requirements on values hold for no value, too; of "included" it is said that it is missing.
  const applies = rule.presence === undefined || !isEmpty;
  if (applies) yield* faultsOfValues(rule, found, budget, fault);
}

type MakeFault = (code: string, message: string, path: readonly string[]) => Fault;

function* faultsOfValues(rule: TemplateRule, found: Evaluated, budget: Budget, fault: MakeFault): Generator<Fault> {
  const { any, all, none = [] } = rule;
  budget.spend(found.values.length * ([any, all, none].flat().length + 1));
  if (any && !found.values.some(({ value }) => contains(any, value))) {
    const place = found.values[0]?.path ?? placeOf(rule.location);
    yield fault('NONE_OF_ANY', `${placeText(rule)} must have ${oneOf(any)}.`, place);
  }
  if (all) yield* faultsOfAll(all, rule, found, fault);
  for (const { value, path } of found.values) {
    if (contains(none, value)) yield fault('AMONG_NONE', `${path.join('.')} must not be ${shown(value)}.`, path);
  }
}

function* faultsOfAll(
  all: readonly unknown[],
  { presence, selector }: TemplateRule,
  { values, unmatchable }: Evaluated,
  fault: MakeFault,
): Generator<Fault> {
  for (const { value, path } of values) {
    if (contains(all, value)) continue;
    yield fault('NOT_AMONG_ALL', `${path.join('.')} is ${shown(value)}, and must be ${oneOf(all)}.`, path);
  }
  // "included" has said so already.
  if (presence === 'included') return;
  for (const path of unmatchable) yield fault('MISSING', `${selector!.text} must be there.`, path);
}

function evaluateRule({ location, selector }: TemplateRule, statement: unknown, budget: Budget): Evaluated {
  const located = evaluate(location, statement, budget);
  if (!selector) return { values: located, unmatchable: [] };
  const values: PathMatch[] = [];
  const unmatchable: (readonly string[])[] = [];
  for (const { value, path } of located) {
    const selected = evaluate(selector, value, budget);
    if (selected.length === 0) unmatchable.push(path);
    values.push(...selected.map((match) => ({ value: match.value, path: [...path, ...match.path] })));
  }
  return { values, unmatchable };
}

const contains = (allowed: readonly unknown[], value: unknown): boolean =>
  allowed.some((one) => one === value || (typeof one === 'object' && isDeepStrictEqual(one, value)));

const placeText = ({ location, selector }: Pick<TemplateRule, 'location' | 'selector'>): string =>
  selector ? `${location.text} ${selector.text}` : location.text;

/** What an included place must be, values and all. */
const wanted = ({ any, all }: TemplateRule): string => ((any ?? all) ? `have ${oneOf((any ?? all)!)}` : 'be there');

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? shown(values[0]) : `one of ${shown(values)}`;
