import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { KeysetOrder, Page, PageRequest } from '../../src/platform/database/keyset.js';
import { ValidationFailed } from '../../src/platform/errors.js';

const byId: KeysetOrder<number> = { columns: [{ expression: 'n.id', type: 'bigint', value: (id) => id }] };
const newestFirst: KeysetOrder<number> = { ...byId, descending: true };

function keyset(request: PageRequest, order = byId): Keyset<number> {
  const result = Keyset.of(request, order);
  if (result instanceof ValidationFailed) throw new Error(result.message);
  return result;
}

const problemsOf = (request: PageRequest) =>
  (Keyset.of(request, byId) as ValidationFailed).problems.map(({ code }) => code);

describe('a page by keyset', () => {
  it('asks for one row more than it shows, to know whether there is another page', () => {
    const page = keyset({ first: 2 });
    expect(page.limit).toBe(3);
    expect(page.page([1, 2, 3])).toMatchObject({ items: [1, 2], hasNextPage: true, hasPreviousPage: false });
    expect(page.page([1, 2])).toMatchObject({ items: [1, 2], hasNextPage: false });
  });

  it('has 20 items when no number is given', () => {
    expect(keyset({}).limit).toBe(21);
  });

  it('compares the columns as a row, with placeholders after those of the query', () => {
    const { cursors } = keyset({ first: 1 }).page([7]);
    const next = keyset({ first: 5, after: cursors[0]! });
    expect([next.where(3), next.orderBy, next.parameters]).toEqual(['(n.id) > ($3::bigint)', 'n.id ASC', [7]]);
  });

  it('turns the order round for the last items, and the rows back', () => {
    const page = keyset({ last: 2 }, newestFirst);
    expect(page.orderBy).toBe('n.id ASC');
    expect(page.page([1, 2, 3])).toMatchObject({ items: [2, 1], hasPreviousPage: true, hasNextPage: false });
  });

  it.each<[string, PageRequest, string[]]>([
    ['no items', { first: 0 }, ['OUT_OF_RANGE']],
    ['more than 100 items', { last: 101 }, ['OUT_OF_RANGE']],
    ['first and last together', { first: 1, last: 1 }, ['CONTRADICTION']],
    ['a cursor that is none', { after: 'not a cursor' }, ['UNKNOWN_CURSOR']],
    ['a cursor of another list', { before: Buffer.from('["2026-01-01"]').toString('base64url') }, ['UNKNOWN_CURSOR']],
    [
      'everything wrong at once',
      { first: -1, after: '*', before: '*' },
      ['OUT_OF_RANGE', 'UNKNOWN_CURSOR', 'UNKNOWN_CURSOR'],
    ],
  ])('refuses %s', (_, request, codes) => {
    expect(problemsOf(request)).toEqual(codes);
  });

  it('goes on from any bigint, and refuses a number that is none', () => {
    const cursorOf = (value: string) => Buffer.from(JSON.stringify([value])).toString('base64url');
    expect(keyset({ after: cursorOf('9223372036854775807') }).parameters).toEqual(['9223372036854775807']);
    expect(problemsOf({ after: cursorOf('9223372036854775808') })).toEqual(['UNKNOWN_CURSOR']);
  });

  it('shows every item exactly once, in order, whatever the size of the pages', () => {
    const lists = fc.tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(lists, ([ids, first]) => {
        const sorted = [...ids].sort((a, b) => a - b);
        expect(walk(sorted, first)).toEqual(sorted);
      }),
    );
  });
});

/** Reads a sorted list page by page as PostgreSQL would answer. */
function walk(sorted: readonly number[], first: number): number[] {
  const seen: number[] = [];
  let page: Page<number>;
  let after: string | undefined;
  do {
    const next = keyset({ first, after });
    const start = after === undefined ? -Infinity : Number(next.parameters[0]);
    page = next.page(sorted.filter((id) => id > start).slice(0, next.limit));
    seen.push(...page.items);
    after = page.cursors.at(-1);
  } while (page.hasNextPage);
  return seen;
}
