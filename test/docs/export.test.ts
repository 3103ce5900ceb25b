import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, isEnumType, isInputObjectType, parse, validate } from 'graphql';
import { formats } from '../../exporters/index.js';
import { courseDocumentOf } from '../support/course-documents.js';
import { scorm12Package } from '../support/packages.js';

const fromRoot = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/export.md', () => {
  it('shows operations that the schema has', async () => {
    const schema = buildSchema(await fromRoot('src/schema.graphql'));
    const operations = [...(await fromRoot('docs/export.md')).matchAll(/^```graphql\n(.*?)^```/gms)];
    expect(operations.length).toBe(4);
    for (const [, operation] of operations) expect(validate(schema, parse(operation!))).toEqual([]);
  });

  it('names every option and every format', async () => {
    const schema = buildSchema(await fromRoot('src/schema.graphql'));
    const text = await fromRoot('docs/export.md');
    const options = schema.getType('PackageOptionsInput');
    const names = isInputObjectType(options) ? Object.keys(options.getFields()) : [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(text).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
    const format = schema.getType('PackageFormat');
    expect(isEnumType(format) && format.getValues().map(({ name }) => name)).toEqual(Object.keys(formats));
  });

  it('names every file of a package', async () => {
    const text = await fromRoot('docs/export.md');
    for (const { name } of await scorm12Package({ document: courseDocumentOf() }))
      expect(text).toContain(`\`${name}\``);
  });
});
