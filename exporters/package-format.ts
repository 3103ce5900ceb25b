/** What a package format is: a course document in, the files of a package out, one after another. */
import type { Readable } from 'node:stream';
import type { CourseDocument, DocumentAsset } from './document/index.js';
import type { LaunchSettings } from './player/launch-settings.js';

/** A file of a package. Small ones are held whole; assets are opened when their turn comes, so that memory stays flat. */
export interface PackageFile {
  /** Path in the package: ASCII, `/` between its parts, relative. */
  path: string;
  content: Buffer | { bytes: number; open: () => Promise<Readable | Buffer> };
  /** Stored, not deflated: the bytes are compressed already. */
  stored: boolean;
}

/** The player's bundle as it was built: script and style sheet as text. */
export interface PlayerBundle {
  script: string;
  styles: string;
}

/** A schema file of a standard, unmodified. */
export interface SchemaFile {
  name: string;
  content: Buffer;
}

export interface PackageInput {
  document: CourseDocument;
  /** What the player is told at launch; where progress is kept follows from the format. */
  launch: Omit<LaunchSettings, 'tracker'>;
  player: PlayerBundle;
  /** The files that the format's `schemas` names, in that order. */
  schemas: readonly SchemaFile[];
  /** Opens an asset when its turn comes; a small one may come whole. */
  openAsset: (asset: DocumentAsset) => Promise<Readable | Buffer>;
}

/** Why a version cannot be packaged, or what to know before it is. */
export interface PackageProblem {
  code: string;
  message: string;
  severity: 'ERROR' | 'WARNING';
  /** The option that it is about, or `document` and the place in it. */
  path: readonly string[];
  hint: string;
}

export interface PackageFormat<Options> {
  /** Name for people, such as "SCORM 1.2". */
  title: string;
  /** The schema files that a package carries: their folder below the schemas of the build, and their names. */
  schemas: { folder: string; names: readonly string[] };
  /** What speaks against packaging a version with these options. An empty list: nothing. */
  check(document: CourseDocument, options: Options): PackageProblem[];
  /** The files in their order in the package; the manifest is the first. */
  build(input: PackageInput, options: Options): AsyncIterable<PackageFile>;
}
