import { describe, expect, it } from '@jest/globals';
import { readProfile } from '../../modules/profiles/profile/document/read-profile.js';
import type { Profile } from '../../modules/profiles/profile/profile.js';
import { validate, type ValidationOptions } from '../../modules/profiles/profile/validate.js';
import { CLIMBING, climbed, climbingProfile } from '../support/profiles.js';

type Json = Record<string, unknown>;

function profileWith(changes: Json = {}): Profile {
  const { profile, problems } = readProfile(JSON.stringify(climbingProfile(changes)));
  if (!profile) throw new Error(JSON.stringify(problems));
  return profile;
}

const template = (changes: Json, id = CLIMBING.template as string): Json => ({
  ...{ id, type: 'StatementTemplate', inScheme: CLIMBING.version },
  ...{ prefLabel: { en: 'climbed' }, definition: { en: 'Climbed.' }, ...changes },
});

/** The profile whose only template is for the verb and has this rule. */
const profileWithRule = (rule: Json): Profile =>
  profileWith({ templates: [template({ verb: CLIMBING.climbed, rules: [rule] })] });

const judge = (statement: unknown, profile: Profile, options: ValidationOptions = {}) =>
  validate(statement, [profile], options)[0]!;

const faults = (statement: unknown, profile: Profile, options: ValidationOptions = {}) =>
  judge(statement, profile, options).problems.map(({ code, path }) => `${code} ${path.join('.')}`);

const categories = (...ids: string[]) => ({ contextActivities: { category: ids.map((id) => ({ id })) } });

describe('which statements a template is for', () => {
  it('those that have all its determining properties', () => {
    expect(judge(climbed(), profileWith())).toMatchObject({ outcome: 'SUCCESS', templates: [CLIMBING.template] });
    expect(judge(climbed({ verb: { id: 'https://x.example/fell' } }), profileWith())).toMatchObject({
      ...{ outcome: 'UNMATCHED', templates: [] },
    });
  });

  it.each(['Grouping', 'Parent', 'Other', 'Category'])(
    'context%sActivityType: all types must be among them',
    (kind) => {
      const types = ['https://x.example/a', 'https://x.example/b'];
      const profile = profileWith({ templates: [template({ [`context${kind}ActivityType`]: types })] });
      const withTypes = (...there: string[]) => ({
        contextActivities: {
          [kind.toLowerCase()]: there.map((type, at) => ({ id: `https://x/${at}`, definition: { type } })),
        },
      });
      expect(judge(climbed({ context: withTypes(...types, 'https://x.example/c') }), profile).outcome).toBe('SUCCESS');
      expect(judge(climbed({ context: withTypes(types[0]!) }), profile).outcome).toBe('UNMATCHED');
    },
  );

  it('attachmentUsageType, and a context activity that is not in a list', () => {
    const usage = 'https://x.example/certificate';
    const profile = profileWith({
      templates: [template({ attachmentUsageType: [usage], contextParentActivityType: ['https://x.example/a'] })],
    });
    const parent = { id: 'https://x.example/1', definition: { type: 'https://x.example/a' } };
    const statement = climbed({ attachments: [{ usageType: usage }], context: { contextActivities: { parent } } });
    expect(judge(statement, profile).outcome).toBe('SUCCESS');
    expect(judge({ ...statement, attachments: [] }, profile).outcome).toBe('UNMATCHED');
  });
});

describe('rules (8.1)', () => {
  const grouping = (...ids: unknown[]) =>
    climbed({ context: { contextActivities: { grouping: ids.map((id) => ({ id, definition: { x: id } })) } } });
  const location = '$.context.contextActivities.grouping[*].id';

  it.each([
    ['included', { location, presence: 'included' }, grouping('a'), []],
    [
      'included and missing',
      { location, presence: 'included' },
      climbed(),
      ['MISSING context.contextActivities.grouping'],
    ],
    ['excluded', { location, presence: 'excluded' }, climbed(), []],
    [
      'excluded and there',
      { location, presence: 'excluded' },
      grouping('a'),
      ['NOT_ALLOWED context.contextActivities.grouping.0.id'],
    ],
    [
      'recommended and missing',
      { location, presence: 'recommended', any: ['a'] },
      climbed(),
      ['RECOMMENDED context.contextActivities.grouping'],
    ],
    [
      'recommended and wrong',
      { location, presence: 'recommended', any: ['a'] },
      grouping('b'),
      ['NONE_OF_ANY context.contextActivities.grouping.0.id'],
    ],
    ['any: one of several', { location, any: ['a', 'b'] }, grouping('c', 'b'), []],
    [
      'any: without presence and without values',
      { location, any: ['a'] },
      climbed(),
      ['NONE_OF_ANY context.contextActivities.grouping'],
    ],
    ['all', { location, all: ['a', 'b'] }, grouping('b', 'a', 'b'), []],
    ['all: without values', { location, all: ['a'] }, climbed(), []],
    [
      'all: one is another',
      { location, all: ['a'] },
      grouping('a', 'c'),
      ['NOT_AMONG_ALL context.contextActivities.grouping.1.id'],
    ],
    ['none', { location, none: ['a'] }, grouping('b', 'a'), ['AMONG_NONE context.contextActivities.grouping.1.id']],
    [
      'values that are no texts',
      { location: '$.result.extensions.*', all: [{ a: [1] }] },
      climbed({ result: { extensions: { x: { a: [1] } } } }),
      [],
    ],
    ['1 is not "1"', { location, all: ['1'] }, grouping(1), ['NOT_AMONG_ALL context.contextActivities.grouping.0.id']],
  ])('%s', (_, rule, statement, expected) => {
    expect(faults(statement, profileWithRule(rule))).toEqual(expected);
  });

  const selecting = { location: '$.context.contextActivities.grouping[*]', selector: '$.definition.type' };
  const typed = climbed({
    context: { contextActivities: { grouping: [{ id: 'a', definition: { type: 't' } }, { id: 'b' }] } },
  });

  it.each([
    [
      'included: an unmatchable value is missing',
      { presence: 'included' },
      ['MISSING context.contextActivities.grouping.1'],
    ],
    [
      'excluded: an unmatchable value is no value',
      { presence: 'excluded' },
      ['NOT_ALLOWED context.contextActivities.grouping.0.definition.type'],
    ],
    ['all: an unmatchable value is not among them', { all: ['t'] }, ['MISSING context.contextActivities.grouping.1']],
    ['any: an unmatchable value does not matter', { any: ['t'] }, []],
    ['none: an unmatchable value does not matter', { none: ['u'] }, []],
  ])('a selector; %s', (_, requirement, expected) => {
    expect(faults(typed, profileWithRule({ ...selecting, ...requirement }))).toEqual(expected);
  });

  it('name profile, version, template and location', () => {
    const [problem] = judge(climbed(), profileWithRule({ location, presence: 'included' })).problems;
    expect(problem).toMatchObject({
      ...{ profile: CLIMBING.id, version: CLIMBING.version, template: CLIMBING.template, location },
      message: `${location} must be there.`,
    });
  });
});

describe('templates of statements that are referred to (8)', () => {
  const summit = template(
    { verb: 'https://x.example/rated', objectStatementRefTemplate: [CLIMBING.template] },
    'urn:x:rated',
  );
  const [climbing] = climbingProfile()['templates'] as Json[];
  const profile = profileWith({ templates: [climbing, summit] });
  const rated = (object: unknown) => climbed({ verb: { id: 'https://x.example/rated' }, object });
  const reference = { objectType: 'StatementRef', id: 'one' };

  it('the object must be a StatementRef', () => {
    expect(faults(rated({ id: 'https://x.example/a' }), profile)).toEqual(['REFERENCE_MISSING object']);
  });

  it('the statement must be of a template, where it is at hand', () => {
    expect(faults(rated(reference), profile, { referred: () => climbed() })).toEqual([]);
    expect(faults(rated(reference), profile, { referred: () => climbed({ result: {} }) })).toEqual([
      'OTHER_REFERENCE object.id',
    ]);
    expect(faults(rated(reference), profile)).toEqual([]);
  });

  it('statements that refer to one another in a circle come to an end', () => {
    const circle = profileWith({ templates: [{ ...summit, objectStatementRefTemplate: ['urn:x:rated'] }] });
    expect(faults(rated(reference), circle, { referred: () => rated(reference) })).toEqual([]);
  });

  it('contextStatementRefTemplate looks at the statement of the context', () => {
    const context = profileWith({
      templates: [climbing, template({ contextStatementRefTemplate: [CLIMBING.template] }, 'urn:x:c')],
    });
    expect(faults(climbed(), context)).toEqual(['REFERENCE_MISSING context.statement']);
    expect(faults(climbed({ context: { statement: reference } }), context, { referred: () => ({}) })).toEqual([
      'OTHER_REFERENCE context.statement.id',
    ]);
  });
});

describe('concepts (7)', () => {
  it('the value of an extension must fit its schema', () => {
    const place = `result.extensions.${CLIMBING.grade}`;
    expect(faults(climbed({ result: { extensions: { [CLIMBING.grade]: 'hard' } } }), profileWith())).toEqual([
      `EXTENSION_SCHEMA ${place}`,
    ]);
    expect(faults(climbed({ result: { extensions: { [CLIMBING.grade]: 0 } } }), profileWith())).toEqual([
      `EXTENSION_SCHEMA ${place}`,
    ]);
  });

  it('an extension must be where it belongs, in a SubStatement too', () => {
    const wrong = { context: { extensions: { [CLIMBING.grade]: 3 } } };
    expect(faults(climbed(wrong), profileWith())).toEqual([`EXTENSION_PLACE context.extensions.${CLIMBING.grade}`]);
    const object = { objectType: 'SubStatement', ...climbed(wrong) };
    expect(faults({ ...climbed(), verb: { id: 'https://x.example/planned' }, object }, profileWith())).toEqual([
      `EXTENSION_PLACE object.context.extensions.${CLIMBING.grade}`,
    ]);
  });

  it('what is deprecated is reported with what to use instead', () => {
    const [verb, ...others] = climbingProfile()['concepts'] as Json[];
    const instead = 'https://profiles.example/climbing/verbs/topped';
    const profile = profileWith({ concepts: [{ ...verb, deprecated: true, related: [instead] }, ...others] });
    expect(judge(climbed(), profile)).toMatchObject({
      outcome: 'SUCCESS',
      problems: [
        {
          code: 'DEPRECATED',
          severity: 'WARNING',
          message: `${CLIMBING.climbed} is deprecated. Use ${instead} instead.`,
        },
      ],
    });
  });

  it('an activity of the profile should be defined as the profile has it', () => {
    const id = 'https://profiles.example/climbing/activities/everest';
    const activityDefinition = {
      '@context': 'https://w3id.org/xapi/profiles/activity-context',
      type: CLIMBING.route,
      name: { en: 'Everest' },
    };
    const concept = { id, type: 'Activity', inScheme: CLIMBING.version, activityDefinition };
    const profile = profileWith({ concepts: [concept], templates: [template({ verb: CLIMBING.climbed })] });
    const about = (definition: unknown) => climbed({ object: { id, definition } });
    expect(faults(about({ type: CLIMBING.route, name: { fr: 'Everest' } }), profile)).toEqual([]);
    expect(faults(about({ type: 'https://x.example/hill' }), profile)).toEqual([
      'OTHER_DEFINITION object.definition.type',
    ]);
    expect(faults(climbed({ object: { id } }), profile)).toEqual([]);
  });
});

describe('naming the profile in category (5, 9)', () => {
  const fell = { verb: { id: 'https://x.example/fell' } };
  const [climbing] = climbingProfile()['templates'] as Json[];
  const pattern = {
    ...{ id: 'urn:x:day', type: 'Pattern', primary: true, inScheme: CLIMBING.version },
    ...{ prefLabel: { en: 'day' }, definition: { en: 'A day.' }, oneOrMore: CLIMBING.template },
  };

  it('a statement of no template is wrong where the profile has patterns, and worth a warning where it has none', () => {
    const named = climbed({ ...fell, context: categories(CLIMBING.version) });
    expect(judge(named, profileWith())).toMatchObject({
      outcome: 'UNMATCHED',
      declared: true,
      problems: [{ code: 'NO_TEMPLATE', severity: 'WARNING' }],
    });
    const withPattern = profileWith({ templates: [climbing], patterns: [pattern] });
    expect(judge(named, withPattern).outcome).toBe('INVALID');
    expect(faults(named, withPattern)).toEqual([
      'MISSING context.registration',
      'NO_TEMPLATE context.contextActivities.category',
    ]);
  });

  it('an earlier version and the profile itself count', () => {
    for (const id of [CLIMBING.id, `${CLIMBING.id}/v1`]) {
      expect(judge(climbed({ context: categories(id) }), profileWith()).declared).toBe(true);
    }
    expect(judge(climbed({ context: categories('https://x.example/other') }), profileWith()).declared).toBe(false);
  });

  it('a verb of the profile outside of its templates is worth a warning', () => {
    expect(faults(climbed({ object: { id: 'https://x.example/hill' } }), profileWith())).toEqual([
      'NO_TEMPLATE verb.id',
    ]);
  });

  it('the claim DECLARED leaves alone whatever does not name the profile', () => {
    const wrong = climbed({ result: {} });
    expect(faults(wrong, profileWith(), { claim: 'DECLARED' })).toEqual([]);
    const named = { ...wrong, context: categories(CLIMBING.version) };
    expect(judge(named, profileWith(), { claim: 'DECLARED' }).outcome).toBe('INVALID');
  });

  it('a subregistration needs a registration and a UUID', () => {
    const key = 'https://w3id.org/xapi/profiles/extensions/subregistration';
    const context = (value: unknown) => ({
      ...categories(CLIMBING.version),
      registration: 'r',
      extensions: { [key]: value },
    });
    const uuid = '7c1e2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24';
    expect(
      faults(climbed({ context: context([{ profile: CLIMBING.id, subregistration: uuid }]) }), profileWith()),
    ).toEqual([]);
    for (const wrong of [[], 'x', [{ profile: CLIMBING.id }], [{ profile: CLIMBING.id, subregistration: 'x' }]]) {
      expect(faults(climbed({ context: context(wrong) }), profileWith())).toHaveLength(1);
    }
  });
});

it('nothing that is sent as a statement makes it throw', () => {
  for (const statement of [
    null,
    7,
    'x',
    [],
    {},
    { verb: null },
    { context: { contextActivities: 3 } },
    { object: [1] },
    { result: { extensions: [] } },
  ]) {
    expect(() => judge(statement, profileWith())).not.toThrow();
  }
});
