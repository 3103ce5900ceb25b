import { describe, expect, it } from '@jest/globals';
import { KnownFacts } from '../../modules/lrs/catalog/known-facts.js';

const MOST_SUBJECTS = 20_000;

function fill(known: KnownFacts, from: number, count: number): void {
  for (let nth = from; nth < from + count; nth += 1) known.add(`subject ${nth}`, ['fact']);
}

describe('What the catalog is known to have', () => {
  it('is what was added of a subject, and nothing else', () => {
    const known = new KnownFacts();
    known.add('one', ['fact']);
    expect([known.has('one', 'fact'), known.has('one', 'other'), known.has('other', 'fact')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('no longer holds when other facts take its place', () => {
    const known = new KnownFacts();
    known.add('one', ['before']);
    known.add('one', ['after'], true);
    expect([known.has('one', 'before'), known.has('one', 'after')]).toEqual([false, true]);
  });

  it('is forgotten from the oldest on, those last that were of use', () => {
    const known = new KnownFacts();
    fill(known, 0, MOST_SUBJECTS);
    known.has('subject 0', 'fact');
    fill(known, MOST_SUBJECTS, MOST_SUBJECTS / 2);
    expect([known.has('subject 0', 'fact'), known.has('subject 1', 'fact')]).toEqual([true, false]);
    expect(known.has(`subject ${MOST_SUBJECTS}`, 'fact')).toBe(true);
  });

  it('is forgotten in the end even if it was of use once', () => {
    const known = new KnownFacts();
    fill(known, 0, MOST_SUBJECTS);
    known.has('subject 0', 'fact');
    fill(known, MOST_SUBJECTS, 2 * MOST_SUBJECTS);
    expect(known.has('subject 0', 'fact')).toBe(false);
  });
});
