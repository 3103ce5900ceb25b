import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirementList, VERSIONS } from './requirement.js';
import { beyondTable, conformanceTable, coveredBy, pointsBeyond, pointsWithoutTest, unknownIds } from './table.js';

const DOCUMENT = join(import.meta.dirname, '../../docs/conformance.md');
/** By the name of the place in the document. */
const TABLES = { requirements: conformanceTable, 'beyond the suite': beyondTable };

describe('requirements of xAPI', () => {
  it('are listed once, and every number of ADL is there or is withdrawn with a reason', () => {
    const ids = requirementList.parts.flatMap(({ requirements }) => Object.keys(requirements));
    const withdrawn = Object.keys(requirementList.withdrawn);
    const numbers = [...ids, ...withdrawn].filter((id) => id.startsWith('XAPI-'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(numbers.sort()).toEqual(
      Array.from({ length: 336 }, (_, index) => `XAPI-${String(index + 1).padStart(5, '0')}`),
    );
  });

  it('are known to the tests that name them', () => {
    expect(unknownIds()).toEqual([]);
  });

  it.each(VERSIONS)('of %s have a test, and never fewer of them than before', (version) => {
    expect(coveredBy(version)).toBeGreaterThanOrEqual(requirementList.floor[version]);
  });

  it('that a green suite does not show have a test of ours each', () => {
    expect(pointsBeyond.length).toBeGreaterThan(0);
    expect(pointsWithoutTest()).toEqual([]);
  });

  it('are in docs/conformance.md as they are tested (npm run conformance:table writes it)', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const expected = Object.entries(TABLES).reduce((written, [place, table]) => {
      const between = new RegExp(`(<!-- ${place} -->\n\n)[^]*?(\n\n<!-- end of ${place} -->)`);
      expect(written).toMatch(between);
      return written.replace(between, (_, begin: string, end: string) => begin + table() + end);
    }, text);
    if (process.env['WRITE_CONFORMANCE_TABLE'] === 'true') writeFileSync(DOCUMENT, expected);
    else expect(text).toBe(expected);
  });
});
