import type { CourseDocument, DocumentAsset } from '../document/index.js';
import type { PackageFile, PackageFormat, PackageInput, PackageProblem } from '../package-format.js';
import { sizeProblems } from '../package-size.js';
import { nameFault } from '../zip/entry-name.js';
import { launchPage } from './launch-page.js';
import { manifestOf, SCHEMA_NAMES } from './manifest.js';
import { masteryScoreOf } from './mastery-score.js';
import type { Scorm12Options } from './options.js';

const MANIFEST = 'imsmanifest.xml';
const LAUNCH_PAGE = 'index.html';
const SCRIPTS = { course: 'course.js', player: 'player.js' };

/** SCORM 1.2 with one SCO: what every LMS takes. */
export const scorm12: PackageFormat<Scorm12Options> = {
  title: 'SCORM 1.2',
  schemas: { folder: 'scorm12', names: SCHEMA_NAMES },
  check,
  build,
};

function check(document: CourseDocument, { masteryScore }: Scorm12Options): PackageProblem[] {
  const mastery = masteryScore ? masteryScoreOf(document) : 0;
  const masteryProblems = typeof mastery === 'number' ? [] : [mastery];
  return [...masteryProblems, ...document.assets.flatMap(assetProblems), ...sizeProblems(document)];
}

function assetProblems({ path, fileName }: DocumentAsset, index: number): PackageProblem[] {
  const fault = nameFault(path);
  if (fault === undefined) return [];
  return [
    {
      code: 'REFUSED_FILE',
      message: `${fileName} cannot be part of a package: ${path} ${fault}.`,
      severity: 'ERROR',
      path: ['document', 'assets', String(index)],
      hint: 'Replace the file by one of another type, and publish again.',
    },
  ];
}

async function* build(input: PackageInput, options: Scorm12Options): AsyncGenerator<PackageFile, void> {
  const { document, player, schemas, openAsset } = input;
  const masteryScore = options.masteryScore ? masteryScoreOf(document) : undefined;
  if (typeof masteryScore === 'object') throw new Error(masteryScore.message);
  const launch = { tracker: 'scorm12', ...input.launch } as const;
  const files = [LAUNCH_PAGE, SCRIPTS.course, SCRIPTS.player, ...document.assets.map(({ path }) => path)];

  yield text(MANIFEST, manifestOf({ document, launch: LAUNCH_PAGE, files, masteryScore }));
  for (const { name, content } of schemas) yield text(name, content);
  yield text(LAUNCH_PAGE, launchPage(document, launch, player.styles, SCRIPTS));
  yield text(SCRIPTS.course, courseScript(document));
  yield text(SCRIPTS.player, Buffer.from(player.script));
  for (const asset of document.assets) {
    const content = { bytes: asset.bytes, open: () => openAsset(asset) };
    yield { path: asset.path, content, stored: !isCompressible(asset.mediaType) };
  }
}

const text = (path: string, content: Buffer): PackageFile => ({ path, content, stored: false });

/** The course as a script: a package opened from a disk or by an old LMS cannot fetch JSON. */
const courseScript = (document: CourseDocument): Buffer =>
  Buffer.from(`globalThis.lecternCourse=${JSON.stringify(document)};\n`);

/** Media types whose bytes are not compressed yet. */
const isCompressible = (mediaType: string): boolean =>
  mediaType.startsWith('text/') || mediaType.endsWith('+xml') || mediaType === 'audio/wav';
