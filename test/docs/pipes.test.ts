import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('docs/pipes.md', () => {
  const schema = buildSchema(read('src/schema.graphql'));
  const blocks = [...read('docs/pipes.md').matchAll(/^```graphql\n(.*?)^```/gms)].map(([, block]) => block!);

  it.each(blocks.map((block, index) => [index + 1, block]))('has operations that the API knows (%s)', (_, block) => {
    expect(validate(schema, parse(block as string))).toEqual([]);
  });

  it('has two of them', () => {
    expect(blocks).toHaveLength(2);
  });
});
