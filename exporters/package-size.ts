import type { CourseDocument } from './document/index.js';
import type { PackageProblem } from './package-format.js';

const MEGABYTE = 1_000_000;
// Limits of uploads by vendor pages: CrossKnowledge 200 MB, Cornerstone 250 MB, LatitudeLearning 500 MB.
const COMFORTABLE = 100 * MEGABYTE;
const WIDELY_TAKEN = 250 * MEGABYTE;
// Of 32 bits; what is left is for headers and the player.
const LARGEST = 4_200 * MEGABYTE;

/** What is to be said about the size of a package, which the course's assets make up. */
export function sizeProblems({ assets }: Pick<CourseDocument, 'assets'>): PackageProblem[] {
  const bytes = assets.reduce((sum, asset) => sum + asset.bytes, 0);
  if (bytes <= COMFORTABLE) return [];
  const size = `The assets of the course have ${Math.round(bytes / MEGABYTE)} MB`;
  if (bytes > LARGEST) return [problem('ERROR', 'PACKAGE_TOO_LARGE', `${size}; a package holds less than 4 GiB.`)];
  const consequence =
    bytes > WIDELY_TAKEN
      ? 'many learning management systems refuse that'
      : 'some learning management systems refuse that';
  return [problem('WARNING', 'LARGE_PACKAGE', `${size}; ${consequence}.`)];
}

const problem = (severity: PackageProblem['severity'], code: string, message: string): PackageProblem => ({
  code,
  message,
  severity,
  path: ['document', 'assets'],
  hint: 'Compress videos, or split the course.',
});
