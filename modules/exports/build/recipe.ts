import { createHash } from 'node:crypto';
import stableStringify from 'fast-json-stable-stringify';
import type { CourseDocument } from '../../../exporters/document/index.js';
import { formats, type PackageFormatName } from '../../../exporters/index.js';
import type { PackageOptions } from '../package.js';

export interface PackageRequest {
  readonly versionId: string;
  readonly format: PackageFormatName;
  readonly options: PackageOptions;
}

/** Hash of what was asked, hexadecimal. The same request has the same one, whatever order its options come in. */
export const recipeOf = ({ versionId, format, options }: PackageRequest): string =>
  hashOf([versionId, format, options]);

/** Hash of a recipe and the fingerprint of what it gives with the service as it is now. */
export const buildKeyOf = (recipe: string, fingerprint: string): string => hashOf([recipe, fingerprint]);

/** Name of the zip, such as `social-media-at-work-v3-scorm-1-2.zip`; slugs are ASCII without blanks. */
export function fileNameOf({ slug, version }: CourseDocument, format: PackageFormatName): string {
  const suffix = formats[format].title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${slug}-v${version}-${suffix}.zip`;
}

const hashOf = (value: unknown): string => createHash('sha256').update(stableStringify(value)).digest('hex');
