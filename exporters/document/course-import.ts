/** What `importCourse` takes: a whole course in one JSON document. Rich texts are Markdown; references go by external id. */
import { z } from 'zod';
import { courseFields, type CourseContent } from './course.js';
import { sectionTree } from './tree.js';

export const externalId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/, {
    error: 'must be 1 to 64 letters, digits, or . _ : - and start with a letter or digit',
  })
  .describe("The author's own id of the element: unique in the course; an import updates the element that has it");

const asset = z
  .strictObject({
    externalId: externalId.describe('Id by which the document refers to the asset; unique in the organization'),
    fileName: z.string().min(1).max(200).describe('Name of the file'),
    text: z.string().max(2_000_000).describe('Content of a text file such as SVG or WebVTT').optional(),
    base64: z.base64().max(14_000_000).describe('Content of any other file').optional(),
    assetId: z.uuid().describe('An asset that was uploaded before').optional(),
  })
  .superRefine((file, context) => {
    if ([file.text, file.base64, file.assetId].filter((source) => source !== undefined).length !== 1) {
      context.addIssue({ code: 'custom', message: 'give exactly one of text, base64 and assetId' });
    }
  })
  .meta({ title: 'ImportAsset', description: 'A file that the course uses.' });
export type ImportAsset = z.infer<typeof asset>;

export const courseImport = z
  .strictObject({
    format: z.literal('lectern-course').describe('Says that this is a course for Lectern'),
    formatVersion: z.literal(1).describe('Version of the format'),
    externalId: externalId
      .describe("The author's own id of the course; an import updates the course that has it")
      .optional(),
    ...courseFields,
    assets: z.array(asset).max(1_000).default([]).describe('The files that the course uses'),
    sections: sectionTree({ externalId: externalId.optional() }),
  })
  .meta({ title: 'CourseImport', description: 'A whole course to import.' });

/** An element of an import after validation; its children are in `lessons`, `blocks` and so on, as in a course document. */
export interface ImportElement {
  externalId?: string;
  [field: string]: unknown;
}

export interface CourseImport extends CourseContent {
  format: 'lectern-course';
  formatVersion: 1;
  externalId?: string;
  assets: ImportAsset[];
  sections: ImportElement[];
}
