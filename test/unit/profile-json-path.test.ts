import { describe, expect, it } from '@jest/globals';
import { Budget, BudgetSpent } from '../../modules/profiles/profile/budget.js';
import { evaluate, parseJsonPath, type JsonPath } from '../../modules/profiles/profile/json-path.js';

const STATEMENT = {
  result: { extensions: { 'https://x.example/a|b': 1, "it's": 2 } },
  context: { contextActivities: { grouping: [{ id: 'one' }, { id: 'two' }, {}], category: [{ id: 'three' }] } },
};

function find(path: string, root: unknown = STATEMENT): unknown[] {
  const parsed = parseJsonPath(path);
  if (typeof parsed === 'string') throw new Error(parsed);
  return evaluate(parsed, root, new Budget()).map(({ value }) => value);
}

describe('JSONPath as profiles may use it (8.1)', () => {
  it.each([
    ['$', [STATEMENT]],
    ['$.context.contextActivities.grouping[*].id', ['one', 'two']],
    ['context.contextActivities.grouping[*].id', ['one', 'two']],
    ['$.context.contextActivities.grouping.*.id', ['one', 'two']],
    ['$.context.contextActivities.grouping[0,1].id', ['one', 'two']],
    ["$.context.contextActivities['grouping','category'][0].id", ['one', 'three']],
    ["$.result.extensions['https://x.example/a|b']", [1]],
    ['$.result.extensions["it\'s"]', [2]],
    ['$.context..id', ['one', 'two', 'three']],
    ['$.context.contextActivities.grouping[0].id | $.context.contextActivities.category[0].id', ['one', 'three']],
    ['$.context.contextActivities.*[0].id|$.nothing', ['one', 'three']],
    ['$.result.extensions.constructor', []],
    ['$.result.length', []],
    ['$.context.contextActivities.grouping.length', []],
  ])('%s', (path, expected) => {
    expect(find(path)).toEqual(expected);
  });

  it('tells where the values are', () => {
    const path = parseJsonPath('$.context.contextActivities.grouping[*].id') as JsonPath;
    expect(evaluate(path, STATEMENT, new Budget())[1]!.path).toEqual(
      'context contextActivities grouping 1 id'.split(' '),
    );
  });

  it.each([
    ['$[?(@.id)]', /names, indices/],
    ['$[?@.id == "x"]', /names, indices/],
    ['$[(@.length-1)]', /not a JSONPath/],
    ['$[-1]', /names, indices/],
    ['$[0:2]', /names, indices/],
    ['', /empty/],
    ['$.a |', /empty/],
    ['| $.a', /empty/],
    ['$.a || $.b', /empty/],
    ["$['a", /not a JSONPath/],
    [`$${'.a'.repeat(33)}`, /more than 32 steps/],
    [`$.${'a'.repeat(2_000)}`, /longer/],
    [`$${'['.repeat(1_000)}`, /not a JSONPath/],
  ])('%s is refused', (path, message) => {
    expect(parseJsonPath(path)).toMatch(message);
  });

  it('does not multiply what overlapping steps find', () => {
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 200; level += 1) deep = { a: deep };
    expect(find(`$${'..*'.repeat(20)}`, deep).length).toBeLessThan(201);
    expect(find(`$${"[*,'a']".repeat(30)}`, deep)).toHaveLength(1);
  });

  it('gives up where a statement is too large for the path', () => {
    const many = { list: Array.from({ length: 2_000_000 }, () => 0) };
    expect(() => find('$.list[*]', many)).toThrow(BudgetSpent);
  });
});
