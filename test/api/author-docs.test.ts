import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { courseImport } from '../../exporters/document/index.js';

const fromRoot = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const blocksOf = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block!);

describe('docs/author.md', () => {
  it('shows operations that the schema has', async () => {
    const schema = buildSchema(await fromRoot('src/schema.graphql'));
    const operations = blocksOf(await fromRoot('docs/author.md'), 'graphql');
    expect(operations.length).toBeGreaterThan(5);
    for (const operation of operations) expect(validate(schema, parse(operation))).toEqual([]);
  });

  it('shows a document that an import takes', async () => {
    const [document] = blocksOf(await fromRoot('docs/author.md'), 'json');
    expect(courseImport.safeParse(JSON.parse(document!)).error).toBeUndefined();
  });
});
