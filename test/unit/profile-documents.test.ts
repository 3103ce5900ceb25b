import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ExtensionSchema } from '../../modules/profiles/profile/extension-schema.js';
import { Budget, BudgetSpent } from '../../modules/profiles/profile/budget.js';
import { readProfile } from '../../modules/profiles/profile/document/read-profile.js';
import { validate } from '../../modules/profiles/profile/validate.js';
import { CLIMBING, climbed, climbingProfile } from '../support/profiles.js';

type Json = Record<string, unknown>;

const read = (changes: Json = {}) => readProfile(JSON.stringify(climbingProfile(changes)));
const codesOf = (changes: Json) => read(changes).problems.map(({ code, path }) => `${code} ${path.join('.')}`.trim());

const [climbing] = climbingProfile()['templates'] as Json[];
const [verb, type, grade] = climbingProfile()['concepts'] as Json[];
const rule = (changes: Json) => ({ templates: [{ ...climbing, rules: [changes] }] });
const pattern = (id: string, changes: Json): Json => ({ id, type: 'Pattern', ...changes });

/** Wall time, with room for a busy machine: what these guard against takes hours. */
function inTime<Result>(work: () => Result): Result {
  const begun = performance.now();
  const result = work();
  expect(performance.now() - begun).toBeLessThan(10_000);
  return result;
}

describe('reading a profile', () => {
  it('finds nothing wrong with one that follows the specification', () => {
    const { profile, problems } = read();
    expect(problems).toEqual([]);
    expect(profile).toMatchObject({
      id: CLIMBING.id,
      version: CLIMBING.version,
      versions: [`${CLIMBING.id}/v1`, CLIMBING.version],
    });
  });

  it('knows aliases of keywords and compact IRIs of JSON-LD', () => {
    const { id: _, type: __, ...rest } = climbingProfile();
    const context = ['https://w3id.org/xapi/profiles/context', { climb: `${CLIMBING.id}/` }];
    const document = {
      ...{ ...rest, '@context': context, '@id': 'climb:', '@type': 'Profile' },
      templates: [{ ...climbing, verb: 'climb:verbs/climbed' }],
    };
    const { profile, problems } = readProfile(JSON.stringify(document));
    expect(problems).toEqual([]);
    expect(validate(climbed(), [profile!])[0]!.outcome).toBe('SUCCESS');
  });

  it.each<[string, Json, string[]]>([
    [
      'the context',
      { '@context': 'https://x.example/context' },
      ['CONTEXT_MISSING @context', 'CONTEXT_NOT_FETCHED @context'],
    ],
    ['an IRI', { id: 'climbing' }, ['INVALID id']],
    ['the type', { type: 'Verb' }, ['INVALID type']],
    ['versions', { versions: [] }, ['INVALID versions']],
    ['an unknown kind of concept', { concepts: [{ ...verb, type: 'Noun' }] }, ['INVALID concepts.0.type']],
    ['a concept twice', { concepts: [verb, verb] }, ['DUPLICATE concepts.1']],
    ['a template twice', { templates: [climbing, climbing] }, ['DUPLICATE templates.1']],
    ['a rule that asks for nothing', rule({ location: '$.result' }), ['REQUIRED templates.0.rules.0']],
    [
      'a filter in a JSONPath',
      rule({ location: '$.a[?(@.b)]', presence: 'included' }),
      ['INVALID_JSONPATH templates.0.rules.0.location'],
    ],
    [
      'a selector that is no JSONPath',
      rule({ location: '$.a', selector: '$[', presence: 'included' }),
      ['INVALID_JSONPATH templates.0.rules.0.selector'],
    ],
    [
      'objectActivityType with objectStatementRefTemplate',
      { templates: [{ ...climbing, objectStatementRefTemplate: ['urn:x:t'] }] },
      ['CONTRADICTION templates.0'],
    ],
    [
      'schema with inlineSchema',
      { concepts: [verb, type, { ...grade, schema: 'https://x.example/s' }] },
      ['CONTRADICTION concepts.2', 'SCHEMA_NOT_FETCHED concepts.2.schema'],
    ],
    [
      'two kinds of pattern in one',
      { patterns: [pattern('urn:x:p', { optional: CLIMBING.template, oneOrMore: CLIMBING.template })] },
      ['CONTRADICTION patterns.0'],
    ],
    [
      'alternates of one',
      { patterns: [pattern('urn:x:p', { alternates: [CLIMBING.template] })] },
      ['TOO_SHORT patterns.0.alternates'],
    ],
    [
      'a primary pattern without words',
      { patterns: [pattern('urn:x:p', { primary: true, oneOrMore: CLIMBING.template })] },
      ['REQUIRED patterns.0'],
    ],
    [
      'patterns within one another',
      { patterns: [pattern('urn:x:p', { optional: 'urn:x:q' }), pattern('urn:x:q', { optional: 'urn:x:p' })] },
      ['CIRCLE patterns'],
    ],
  ])('refuses %s', (_, changes, expected) => {
    expect(codesOf(changes)).toEqual(expected);
    expect(read(changes).profile).toBeUndefined();
  });

  it.each<[string, Json, string[]]>([
    [
      'a schema somewhere else',
      { concepts: [{ ...grade, inlineSchema: undefined, schema: 'https://x.example/s' }] },
      ['SCHEMA_NOT_FETCHED concepts.0.schema'],
    ],
    [
      'a schema of an older draft',
      { concepts: [{ ...grade, inlineSchema: '{"properties":{"a":{"required":true}}}' }] },
      ['SCHEMA_NOT_USABLE concepts.0.inlineSchema'],
    ],
    [
      'a rule on what the LRS adds',
      rule({ location: '$.stored', presence: 'included' }),
      ['RULE_NOT_CHECKED templates.0.rules.0'],
    ],
    [
      'another version in inScheme',
      { concepts: [{ ...verb, inScheme: 'urn:x:v1' }, type, grade] },
      ['OTHER_VERSION concepts.0.inScheme'],
    ],
    [
      'a concept without a definition',
      { concepts: [{ ...verb, definition: undefined }] },
      ['DEFINITION_MISSING concepts.0.definition'],
    ],
  ])('warns of %s', (_, changes, expected) => {
    expect(codesOf(changes)).toEqual(expected);
    expect(read(changes).profile).toBeDefined();
  });

  it.each(['', 'null', '[]', '7', '{"a":', '"profile"'])('refuses %j', (text) => {
    expect(readProfile(text)).toMatchObject({ profile: undefined, problems: [{ severity: 'ERROR' }] });
  });
});

describe('hostile profiles', () => {
  it('that are huge, deep or full of paths come to an end', () => {
    expect(inTime(() => readProfile('['.repeat(200_000) + ']'.repeat(200_000))).profile).toBeUndefined();
    expect(inTime(() => readProfile(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).profile).toBeUndefined();
    const rules = Array.from({ length: 200 }, () => ({ location: `$${'..*'.repeat(30)}`, presence: 'included' }));
    const { profile } = inTime(() => read({ templates: [{ ...climbing, rules }] }));
    const large = climbed({ context: { extensions: { x: Array.from({ length: 20_000 }, (_, at) => [at, [at]]) } } });
    const verdict = inTime(() => validate(large, [profile!])[0]!);
    expect(verdict.problems.at(-1)).toMatchObject({ code: 'TOO_MUCH_TO_CHECK', severity: 'ERROR' });
  });

  it('cannot have a thousand patterns in a row within one another', () => {
    const patterns = Array.from({ length: 500 }, (_, at) => pattern(`urn:x:${at}`, { optional: `urn:x:${at + 1}` }));
    expect(inTime(() => codesOf({ patterns }))).toEqual([]);
  });

  it.each([
    ['(a+)+$', 'a'.repeat(30_000) + '!'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(30_000)],
    ['(x+x+)+y', 'x'.repeat(30_000)],
  ])('cannot hang by the pattern %s', (evil, text) => {
    const schema = ExtensionSchema.parse(JSON.stringify({ pattern: evil })) as ExtensionSchema;
    expect(inTime(() => schema.check(text, new Budget()))).toBeDefined();
    const keys = ExtensionSchema.parse(JSON.stringify({ patternProperties: { [evil]: false } })) as ExtensionSchema;
    expect(inTime(() => keys.check({ [text]: 1 }, new Budget()))).toBeUndefined();
  });

  it.each<[string, unknown, RegExp]>([
    ['a back-reference', { pattern: '(a)\\1' }, /pattern|escape|regexp/i],
    ['a pattern of many states', { pattern: '((a{1,30}){1,30}){1,30}' }, /too large|size|repeat/i],
    ['a schema that refers to itself', { properties: { next: { $ref: '#' } } }, /refers to itself/],
    ['references that double', doubling(24), /too large/],
    ['a schema somewhere else', { $ref: 'https://x.example/schema' }, /only places in itself/],
    ['a file', { $ref: 'file:///etc/passwd' }, /only places in itself/],
    ['a schema that answers later', { $async: true, type: 'string' }, /no keyword/],
    ['a deep schema', deep(40), /levels deep/],
    ['no schema', [1], /not a JSON Schema/],
  ])('%s is not taken', (_, schema, message) => {
    expect(inTime(() => ExtensionSchema.parse(JSON.stringify(schema)))).toMatch(message);
  });

  it('values that are too large for their schema are not checked, and it is said', () => {
    const schema = ExtensionSchema.parse('{"uniqueItems":true}') as ExtensionSchema;
    expect(
      schema.check(
        Array.from({ length: 200 }, (_, at) => ({ at })),
        new Budget(),
      ),
    ).toBeUndefined();
    const many = Array.from({ length: 100_000 }, (_, at) => ({ at }));
    expect(() => inTime(() => schema.check(many, new Budget()))).toThrow(BudgetSpent);
  });

  it('cannot run code by a name in a schema', () => {
    const name = '"]; globalThis.harmed = true; //`${globalThis.harmed = true}`\\u0027);';
    const schema = { properties: { [name]: { const: name, pattern: '^"];' } }, required: [name], default: name };
    (ExtensionSchema.parse(JSON.stringify(schema)) as ExtensionSchema).check({ [name]: name }, new Budget());
    expect(globalThis).not.toHaveProperty('harmed');
  });

  it('whatever JSON there is in its place, reading answers', () => {
    const [list, key] = [
      fc.constantFrom('concepts', 'templates', 'patterns', 'versions', 'author', '@context'),
      fc.jsonValue(),
    ];
    fc.assert(
      fc.property(list, key, fc.jsonValue(), (member, value, schema) => {
        const { profile } = read({ [member]: value, concepts: [{ ...grade, inlineSchema: JSON.stringify(schema) }] });
        if (profile) validate(climbed(), [profile]);
      }),
      { numRuns: 100 },
    );
  });
});

function doubling(levels: number): Json {
  const definitions: Json = { s0: { type: 'string' } };
  for (let level = 1; level <= levels; level += 1) {
    const below = { $ref: `#/definitions/s${level - 1}` };
    definitions[`s${level}`] = { allOf: [below, below] };
  }
  return { definitions, $ref: `#/definitions/s${levels}` };
}

function deep(levels: number): Json {
  let schema: Json = { type: 'string' };
  for (let level = 0; level < levels; level += 1) schema = { items: schema };
  return schema;
}
