/** The table of requirements and tests in docs/conformance.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cases, casesOf, idsOf } from './cases/index.js';
import { requirementList, requirementsOf, VERSIONS } from './requirement.js';

/** How many tests of a version show a requirement. */
export function testsOf(version: (typeof VERSIONS)[number]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of casesOf(version)) for (const id of idsOf(one)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** Requirements of a version that have a test. */
export function coveredBy(version: (typeof VERSIONS)[number]): number {
  const tests = testsOf(version);
  return requirementsOf(version).filter(({ id }) => tests.has(id)).length;
}

export function conformanceTable(): string {
  return [totals(), requirements()].join('\n\n');
}

function totals(): string {
  const rows = VERSIONS.map((version) => [
    version,
    String(requirementsOf(version).length),
    String(coveredBy(version)),
    String(casesOf(version).length),
  ]);
  return aligned([['Version', 'Requirements', 'With a test', 'Tests'], ...rows]);
}

function requirements(): string {
  const counts = VERSIONS.map(testsOf);
  const rows = requirementList.parts.flatMap(({ part, clauses, requirements: all }) =>
    Object.entries(all).map(([id, about]) => [
      id,
      ...VERSIONS.map((version) => clauses[version]?.replace('9274.1.1 ', '') ?? ''),
      `${part}: ${about}`,
      VERSIONS.map((version, index) =>
        clauses[version] === undefined ? '-' : String(counts[index]!.get(id) ?? 0),
      ).join(' + '),
    ]),
  );
  return aligned([['Id', '1.0.3', 'IEEE 9274.1.1', 'Requirement', 'Tests'], ...rows]);
}

/** A table as the formatter of the documents writes it. */
function aligned([head, ...rows]: readonly (readonly string[])[]): string {
  const widths = head!.map((_, column) => Math.max(3, ...[head!, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** What a green suite does not show, or not alone: one line a point, and a test of ours that shows it. */
interface PointBeyond {
  readonly point: string;
  /** Of the repository. */
  readonly file: string;
  /** The name of the test, behind that of its group where it is not enough. */
  readonly test: string;
  /** Whether ADL's suite stays green when the point is broken. */
  readonly unseen?: boolean;
}

const ROOT = join(import.meta.dirname, '../..');

export const pointsBeyond = JSON.parse(
  readFileSync(join(import.meta.dirname, 'beyond-suite.json'), 'utf8'),
) as readonly PointBeyond[];

export function beyondTable(): string {
  const rows = pointsBeyond.map(({ point, file, test, unseen }) => [
    point,
    unseen ? 'does not see' : '',
    `[${file}](../${file}): ${test.replaceAll('|', '\\|')}`,
  ]);
  return aligned([['What holds', 'The suite', 'The test that shows it'], ...rows]);
}

/** Points whose tests are not there. */
export const pointsWithoutTest = (): string[] =>
  pointsBeyond.filter(({ file, test }) => !hasTest(file, test)).map(({ point }) => point);

function hasTest(file: string, test: string): boolean {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return test
    .split(' > ')
    .every((name) => [`'${name}'`, `"${name}"`, `\`${name}\``].some((quoted) => text.includes(quoted)));
}

/** Ids that tests name and no list knows. */
export function unknownIds(): string[] {
  const known = new Set(requirementList.parts.flatMap(({ requirements: all }) => Object.keys(all)));
  return cases.flatMap(idsOf).filter((id) => !known.has(id));
}
