/**
 * JSONPath as the xAPI Profile Specification has it (section 8.1): names, indices from 0, `*`, unions of them, `..`, and
 * several paths joined by `|`. No filters, no scripts: nothing that a profile says is ever run.
 */
import { compile, jsonpath } from 'json-p3';
import type { JSONPathQuery } from 'json-p3';
import type { Budget } from './budget.js';

const { NameSelector, IndexSelector, WildcardSelector } = jsonpath.selectors;

/** A value that a path leads to. */
export interface PathMatch {
  readonly value: unknown;
  /** From the root. */
  readonly path: readonly string[];
}

/** One step: to some children, or to those of everything below, too. */
interface Step {
  readonly deep: boolean;
  readonly keys: ReadonlySet<string | number>;
  readonly all: boolean;
}

/** A path that is ready to use. */
export interface JsonPath {
  readonly text: string;
  readonly alternatives: readonly (readonly Step[])[];
}

export const MAXIMUM_PATH_LENGTH = 2_000;
const MAXIMUM_STEPS = 32;
/** Looking at one value by a path, in the units of a budget. */
const VALUE = 25;

/** @returns a text that says what is wrong, for a path that is none or has what profiles may not use. */
export function parseJsonPath(text: string): JsonPath | string {
  if (text.length > MAXIMUM_PATH_LENGTH) return `is longer than ${MAXIMUM_PATH_LENGTH} characters`;
  const alternatives: Step[][] = [];
  for (const part of splitAtPipes(text)) {
    const steps = parseOne(part.trim());
    if (typeof steps === 'string') return steps;
    alternatives.push(steps);
  }
  return { text, alternatives };
}

/** Everything the path leads to, in the order of the document, each value once. */
export function evaluate(path: JsonPath, root: unknown, budget: Budget): PathMatch[] {
  return path.alternatives.flatMap((steps) => {
    let matches: PathMatch[] = [{ value: root, path: [] }];
    for (const step of steps) matches = take(step, matches, budget);
    return matches;
  });
}

/** The place that the first alternative leads to, as far as its steps leave no choice. */
export function placeOf({ alternatives }: JsonPath): readonly string[] {
  const place: string[] = [];
  for (const { deep, keys, all } of alternatives[0] ?? []) {
    const [only] = keys;
    if (deep || all || keys.size !== 1) break;
    place.push(String(only));
  }
  return place;
}

/** The names with which the alternatives begin; undefined where one of them may begin with any. */
export function firstNamesOf({ alternatives }: JsonPath): readonly string[] | undefined {
  const firsts = alternatives.map(([first]) => (!first || first.deep || first.all ? undefined : [...first.keys]));
  return firsts.includes(undefined) ? undefined : firsts.flatMap((keys) => (keys ?? []).map(String));
}

/** Pipes between quotes belong to a name. */
function splitAtPipes(text: string): string[] {
  const parts = text.match(/(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^|])+|\|/g) ?? [''];
  const paths: string[] = [];
  let open = true;
  for (const part of parts) {
    if (part === '|' && open) return [''];
    if (part !== '|') paths.push(part);
    open = part === '|';
  }
  return open ? [''] : paths;
}

/** The specification's own examples leave out `$.`. */
function parseOne(text: string): Step[] | string {
  if (text === '') return 'is empty';
  const query = compiled(text.startsWith('$') ? text : `$${/^[.[]/.test(text) ? '' : '.'}${text}`);
  if (typeof query === 'string') return query;
  if (query.segments.length > MAXIMUM_STEPS) return `has more than ${MAXIMUM_STEPS} steps`;
  const steps: Step[] = [];
  for (const segment of query.segments) {
    const keys = new Set<string | number>();
    let all = false;
    for (const selector of segment.selectors) {
      if (selector instanceof NameSelector) keys.add(selector.name);
      else if (selector instanceof IndexSelector && selector.index >= 0) keys.add(selector.index);
      else if (selector instanceof WildcardSelector) all = true;
      else return 'may only have names, indices from 0, * and unions of them (Profiles 8.1)';
    }
    steps.push({ deep: segment.toString().startsWith('..'), keys, all });
  }
  return steps;
}

function compiled(text: string): JSONPathQuery | string {
  try {
    return compile(text);
  } catch (error) {
    // The parser also says so of nesting that is deeper than its stack.
    return `is not a JSONPath: ${(error as Error).message}`;
  }
}

/** Values are told apart by what holds them, so that overlapping steps do not multiply them. */
function take(step: Step, from: readonly PathMatch[], budget: Budget): PathMatch[] {
  const seen = new Set<unknown>();
  const found: PathMatch[] = [];
  const pending = [...from].reverse();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, path } = next;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const selected = step.all ? Object.keys(value) : keysIn(value, step.keys);
    budget.spend(VALUE * (1 + selected.length));
    for (const key of selected) found.push(childOf(value, key, path));
    if (!step.deep) continue;
    const children = Object.keys(value);
    budget.spend(VALUE * children.length);
    for (const key of children.reverse()) pending.push(childOf(value, key, path));
  }
  return found;
}

const keysIn = (value: object, keys: ReadonlySet<string | number>): string[] =>
  [...keys]
    .filter((key) => (typeof key === 'number') === Array.isArray(value) && Object.hasOwn(value, key))
    .map(String);

const childOf = (parent: object, key: string, path: readonly string[]): PathMatch => ({
  value: (parent as Record<string, unknown>)[key],
  path: [...path, key],
});
