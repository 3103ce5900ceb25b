/** Random statements, and every single change of them: which make another statement, and which do not (Data 2.3.1). */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSameStatement } from '../../modules/lrs/xapi/comparison.js';
import type { Statement } from '../../modules/lrs/xapi/statement.js';
import { World } from '../support/random-statements.js';
import type { Json } from '../support/statements.js';

const VERSIONS = ['1.0.3', '2.0.0'] as const;
type Path = readonly (string | number)[];

const sameInBoth = (one: Json, other: Json): boolean[] =>
  VERSIONS.map((version) => isSameStatement(one as unknown as Statement, other as unknown as Statement, version));

/** What a comparison leaves out: on the statement itself, and wherever a verb or an activity is. */
const isLeftOut = (path: Path): boolean =>
  ['id', 'stored', 'timestamp', 'version', 'authority', 'attachments'].includes(String(path[0])) ||
  path.includes('display') ||
  path.includes('definition');

/** Every value that is no object and no list, with its path. */
function leavesOf(value: unknown, path: Path = []): [Path, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return entries.flatMap(([key, part]) => leavesOf(part, [...path, key]));
}

function changed(value: unknown, [key, ...rest]: Path, change: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return (value as unknown[]).map((part, index) => (index === key ? changed(part, rest, change) : part));
  }
  return { ...(value as Json), [key]: changed((value as Json)[key], rest, change) };
}

function another(leaf: unknown): unknown {
  if (typeof leaf === 'boolean') return !leaf;
  if (typeof leaf === 'number') return leaf === 0 ? 1 : -leaf;
  return /^PT/.test(String(leaf)) ? 'PT98765S' : `${String(leaf)}0`;
}

/** The same with the members of every object in the opposite order, and the members of every Group. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    key === 'member' ? (turned(part) as unknown[]).reverse() : turned(part),
  ]);
  return Object.fromEntries(entries.reverse());
}

const withExtensions = fc
  .tuple(new World().statement(), fc.dictionary(fc.webUrl(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }))
  .map(([statement, extensions]) => ({ ...statement, result: { ...(statement['result'] as Json), extensions } }))
  // As the service gets it.
  .map((statement) => JSON.parse(JSON.stringify(statement)) as Json);

describe('xAPI 1.0.3 Data 2.3.1, IEEE 9274.1.1 4.2: random statements', () => {
  it('stay the same by what an LRS may add or change, and by order', () => {
    fc.assert(
      fc.property(withExtensions, (statement) => {
        const set = { stored: '2026-01-01T00:00:00Z', authority: { mbox: 'mailto:lrs@example.com' }, version: '1.0.3' };
        const later = { ...statement, ...set, id: 'x', timestamp: '2027-01-01T00:00:00Z', attachments: [] };
        expect(sameInBoth(statement, later)).toEqual([true, true]);
        expect(sameInBoth(statement, turned(statement) as Json)).toEqual([true, true]);
      }),
    );
  });

  it('differ by every other single change, and by every member that is missing or new', () => {
    let differing = 0;
    fc.assert(
      fc.property(withExtensions, (statement) => {
        for (const [path] of leavesOf(statement)) {
          const other = changed(statement, path, another) as Json;
          expect([path, ...sameInBoth(statement, other)]).toEqual([path, isLeftOut(path), isLeftOut(path)]);
          if (isLeftOut(path) || path.at(-1) === 'objectType') continue;
          differing += 1;
          const without = changed(statement, path.slice(0, -1), (part) =>
            Array.isArray(part)
              ? part.slice(1)
              : Object.fromEntries(Object.entries(part as Json).filter(([key]) => key !== path.at(-1))),
          ) as Json;
          expect([path, ...sameInBoth(statement, without)]).toEqual([path, false, false]);
          expect([path, ...sameInBoth(without, statement)]).toEqual([path, false, false]);
        }
      }),
      { numRuns: 20 },
    );
    expect(differing).toBeGreaterThan(100);
  });
});
