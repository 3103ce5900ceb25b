import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { courseDocumentJsonSchema, courseImportJsonSchema, type JsonSchema } from '../../exporters/document/index.js';

/** Validates with the committed schema, as an integrator would; our own annotations are no keywords of JSON Schema. */
async function validator(name: string) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('base64', true);
  return ajv.compile<unknown>(JSON.parse(await readFile(fileOf(name), 'utf8')) as JsonSchema);
}

const fileOf = (name: string) => `exporters/document/schemas/${name}.schema.json`;

describe('the JSON Schemas', () => {
  it.each([
    ['course-document', courseDocumentJsonSchema],
    ['course-import', courseImportJsonSchema],
  ])('%s is the one that is committed', async (name, schema) => {
    const printed = `${JSON.stringify(schema(), null, 2)}\n`;
    if (process.env['WRITE_SCHEMA']) await writeFile(fileOf(name), printed);
    expect(printed).toBe(await readFile(fileOf(name), 'utf8'));
  });

  it('of imports takes the sample course, and refuses a block of an unknown kind', async () => {
    const validate = await validator('course-import');
    const sample = JSON.parse(await readFile('examples/social-media-at-work/course.json', 'utf8')) as {
      sections: { lessons: { blocks: { kind: string }[] }[] }[];
    };
    expect(validate(sample) ? [] : validate.errors).toEqual([]);
    sample.sections[0]!.lessons[0]!.blocks[0]!.kind = 'poster';
    expect(validate(sample)).toBe(false);
  });
});
