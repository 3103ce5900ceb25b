/** JSON Schema (2020-12) of the contracts, derived from the zod schemas. */
import { z } from 'zod';
import { courseDocument } from './course-document.js';
import { courseImport } from './course-import.js';
import { isRecord } from './walk.js';

export type JsonSchema = Record<string, unknown>;

/** Schema of a published course document. */
export const courseDocumentJsonSchema = (): JsonSchema => z.toJSONSchema(courseDocument, { io: 'output' });

/** Schema of what `importCourse` takes: as a document, but ids of items may be left out. */
export const courseImportJsonSchema = (): JsonSchema =>
  z.toJSONSchema(courseImport, {
    io: 'input',
    override: ({ jsonSchema }) => dropItemIdFromRequired(jsonSchema as JsonSchema),
  });

function dropItemIdFromRequired(schema: JsonSchema): void {
  const { properties, required } = schema;
  if (!isRecord(properties) || !Array.isArray(required)) return;
  const id = properties['id'];
  if (isRecord(id) && id['role'] === 'item-id') schema['required'] = required.filter((name) => name !== 'id');
}
