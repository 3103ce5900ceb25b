import {
  courseDocument,
  mapStrings,
  SCHEMA_VERSION,
  stringsOf,
  type CourseDocument,
  type DocumentAsset,
} from '../../exporters/document/index.js';
import { mediaKindOf, type Asset } from '../assets/index.js';
import { contentHashOf } from './content-hash.js';
import type { DraftCourse } from './draft.js';
import { renderMarkdown } from './markdown.js';
import { assignSlots } from './slots.js';

/** A document that has no number yet. */
export type UnnumberedDocument = Omit<CourseDocument, 'version'>;

/** The ids of the assets that a draft refers to, each once. */
export function assetIdsOf(draft: DraftCourse): string[] {
  const tree = { ...draft.content, sections: draft.sections };
  return [...new Set(stringsOf(courseDocument, tree, 'asset').map(({ value }) => value))].sort();
}

/**
 * Freezes a valid draft: texts become sanitised HTML, assets are named by hash, slots carry on from the version before.
 *
 * @param assets every asset of `assetIdsOf(draft)`
 * @param previousSlots of the latest version; empty for the first
 */
export function freeze(
  draft: DraftCourse,
  assets: readonly Asset[],
  previousSlots: Readonly<Record<string, number>>,
): UnnumberedDocument {
  const unrendered = assemble(draft, assets, previousSlots);
  const document = mapStrings(courseDocument, unrendered, (role, value) =>
    role === 'markdown' ? renderMarkdown(value) : value,
  );
  return { ...document, contentHash: contentHashOf(document) };
}

/** A document as it will be, but for its texts, which are Markdown still. */
export function assemble(
  draft: DraftCourse,
  assets: readonly Asset[],
  previousSlots: Readonly<Record<string, number>>,
): Omit<UnnumberedDocument, 'contentHash'> {
  return {
    schemaVersion: SCHEMA_VERSION,
    id: draft.id,
    ...draft.content,
    sections: [...draft.sections],
    assets: [...assets].sort((a, b) => (a.id < b.id ? -1 : 1)).map(toDocumentAsset),
    slots: assignSlots(draft.sections, previousSlots),
  };
}

function toDocumentAsset({ id, sha256, mediaType, bytes, fileName, width, height }: Asset): DocumentAsset {
  const extension = mediaKindOf(mediaType)?.extension;
  if (extension === undefined) throw new Error(`asset ${id} has the media type ${mediaType}, which no course may use`);
  return {
    id,
    sha256,
    mediaType,
    bytes,
    fileName,
    // The hash keeps the path the same as long as the bytes are; 16 digits tell any two files of a course apart.
    path: `assets/${sha256.slice(0, 16)}.${extension}`,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  };
}
