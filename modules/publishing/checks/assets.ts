import { courseDocument, stringsOf } from '../../../exporters/document/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { mediaKindOf, type MediaKind } from '../../assets/index.js';
import { problem, type Check } from './check.js';

const MEGABYTE = 1024 * 1024;
/** Beyond the first, uploads get slow; beyond the second, several LMSs refuse the package. */
const SIZE_LIMITS = { large: 100 * MEGABYTE, tooLarge: 250 * MEGABYTE };

/** Every asset is there, and is of the sort that its place needs. */
export const checkAssets: Check = (draft, { assets }) => {
  const problems: Problem[] = [];
  const tree = { ...draft.content, sections: draft.sections };
  for (const { value, path } of stringsOf(courseDocument, tree, 'asset')) {
    const asset = assets.get(value);
    if (asset === undefined) {
      problems.push(
        problem(
          'ERROR',
          'UNKNOWN_ASSET',
          path,
          `There is no asset ${value}.`,
          'Upload the file, or choose another asset.',
        ),
      );
      continue;
    }
    const wanted = purposeAt(path, draft.sections);
    const purpose = mediaKindOf(asset.mediaType)?.purpose;
    if (wanted !== undefined && purpose !== wanted) {
      problems.push(
        problem(
          'ERROR',
          'WRONG_MEDIA_TYPE',
          path,
          `${asset.fileName} is ${asset.mediaType}; this place needs ${wanted}.`,
          `Choose an asset of the sort ${wanted}.`,
        ),
      );
    }
  }
  return [...problems, ...sizeProblems([...assets.values()].reduce((sum, { bytes }) => sum + bytes, 0))];
};

function sizeProblems(bytes: number): Problem[] {
  if (bytes <= SIZE_LIMITS.large) return [];
  const size = `The files of the course have ${Math.round(bytes / MEGABYTE)} MB.`;
  const hint = 'Compress films and pictures.';
  return bytes > SIZE_LIMITS.tooLarge
    ? [
        problem(
          'WARNING',
          'PACKAGE_TOO_LARGE',
          ['assets'],
          `${size} Several LMSs refuse packages of more than 250 MB.`,
          hint,
        ),
      ]
    : [problem('WARNING', 'PACKAGE_LARGE', ['assets'], `${size} Uploads to an LMS will be slow.`, hint)];
}

/** What a place needs: by the field, and where a field is called just "asset", by what it stands in. */
function purposeAt(path: readonly (string | number)[], sections: unknown): MediaKind['purpose'] | undefined {
  const field = path.at(-1);
  if (field === 'poster' || field === 'avatar' || path.at(-2) === 'picture') return 'image';
  if (path.at(-3) === 'captions') return 'captions';
  const holder = path
    .slice(1, -1)
    .reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], sections);
  const kind = (holder as { kind?: unknown }).kind;
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : undefined;
}
