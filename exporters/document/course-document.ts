/** THE contract: a published course. Rich texts are sanitised HTML, every element has its id, every asset its hash. */
import { z } from 'zod';
import { courseFields, type CourseContent } from './course.js';
import { sectionTree, type Section } from './tree.js';

export const SCHEMA_VERSION = 1;

const uuid = (description: string) => z.uuid().describe(description);
const sha256 = (description: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe(description);

export const documentAsset = z
  .strictObject({
    id: uuid('Id of the asset'),
    sha256: sha256('SHA-256 of its bytes, in hexadecimal'),
    mediaType: z.string().describe('Media type, sniffed from the bytes'),
    bytes: z.int().min(0).describe('Size in bytes'),
    fileName: z.string().describe('Name that the author gave it'),
    path: z
      .string()
      .regex(/^assets\/[a-z0-9_-]+\.[a-z0-9]+$/)
      .describe('Path in every package'),
    width: z.int().min(1).describe('Width of an image in pixels, where known').optional(),
    height: z.int().min(1).describe('Height of an image in pixels, where known').optional(),
  })
  .meta({ title: 'DocumentAsset', description: 'A file that the course uses.' });
export type DocumentAsset = z.infer<typeof documentAsset>;

export const courseDocument = z
  .strictObject({
    schemaVersion: z.literal(SCHEMA_VERSION).describe('Version of this schema'),
    id: uuid('Id of the course'),
    version: z.int().min(1).describe('Number of the published version: 1, 2, 3'),
    contentHash: sha256('SHA-256 of the canonical JSON (RFC 8785) of this document without version and contentHash'),
    ...courseFields,
    sections: sectionTree({ id: uuid('Id of the element; the same in every version') }),
    assets: z.array(documentAsset).describe('The files that the course uses, ordered by id'),
    slots: z
      .record(z.uuid(), z.int().min(0))
      .describe(
        'A small number for each element that keeps something of the learner; the same in every version, so that the state of one version can be read by the next',
      ),
  })
  .meta({ title: 'CourseDocument', description: 'A published course.' });

export interface CourseDocument extends CourseContent {
  schemaVersion: typeof SCHEMA_VERSION;
  id: string;
  version: number;
  contentHash: string;
  sections: Section[];
  assets: DocumentAsset[];
  slots: Record<string, number>;
}
