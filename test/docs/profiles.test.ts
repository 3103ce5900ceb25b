import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { bundledProfiles } from '../../modules/profiles/bundled/index.js';

const fromRoot = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/profiles.md', () => {
  it('shows operations that the schema has', async () => {
    const schema = buildSchema(await fromRoot('src/schema.graphql'));
    const operations = [...(await fromRoot('docs/profiles.md')).matchAll(/^ *```graphql\n(.*?)^ *```/gms)];
    expect(operations.length).toBe(2);
    for (const [, operation] of operations) expect(validate(schema, parse(operation!))).toEqual([]);
  });

  it('lists the profiles that come with the service', async () => {
    const listed = [...(await fromRoot('docs/profiles.md')).matchAll(/^ *\| `([^`]+:[^`]+)` \|/gm)].map(
      ([, iri]) => iri,
    );
    expect(listed).toEqual(bundledProfiles().map(({ profile }) => profile.id));
  });

  it('names every code of a problem', async () => {
    const pure = ['template-rules', 'concept-use', 'subregistration', 'validate'];
    const sources = await Promise.all(pure.map((name) => fromRoot(`modules/profiles/profile/${name}.ts`)));
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/(?:fault\(|code: )'([A-Z_]+)'/g)].map(([, code]) => code!),
    );
    const page = await fromRoot('docs/profiles.md');
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});
