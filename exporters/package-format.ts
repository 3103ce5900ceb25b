/** What a package format is: a course document in, the files of a package out, one after another. */
import type { Readable } from 'node:stream';
import type { CourseDocument, DocumentAsset } from './document/index.js';
import type { LaunchSettings } from './player/launch-settings.js';

/** A file of a package. Small ones are held whole; assets are opened when their turn comes, so that memory stays flat. */
export interface PackageFile {
  /** Path in the package: ASCII, `/` between its parts, relative. */
  path: string;
  content: Buffer | { bytes: number; open: () => Promise<Readable> };
  /** Stored, not deflated: the bytes are compressed already. */
  stored: boolean;
}

/** The player's bundle as it was built: script and style sheet as text. */
export interface PlayerBundle {
  script: string;
  styles: string;
}

export interface PackageInput {
  document: CourseDocument;
  launch: LaunchSettings;
  player: PlayerBundle;
  openAsset: (asset: DocumentAsset) => Promise<Readable>;
}

export interface PackageFormat<Options> {
  /** Name for people, such as "SCORM 1.2". */
  title: string;
  /** The files in their order in the package; the manifest is the first. */
  build(input: PackageInput, options: Options): AsyncIterable<PackageFile>;
}
