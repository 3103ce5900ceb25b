import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirementList, VERSIONS } from './requirement.js';
import { conformanceTable, coveredBy, unknownIds } from './table.js';

const DOCUMENT = join(import.meta.dirname, '../../docs/conformance.md');
const TABLE = /(<!-- requirements -->\n\n)[^]*?(\n\n<!-- end of requirements -->)/;

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

  it('are in docs/conformance.md as they are tested (npm run conformance:table writes it)', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    const expected = text.replace(TABLE, (_, begin: string, end: string) => begin + conformanceTable() + end);
    if (process.env['WRITE_CONFORMANCE_TABLE'] === 'true') writeFileSync(DOCUMENT, expected);
    else expect(text).toBe(expected);
  });
});
