/** Object, result, context, attachments as a statement tells of them. */
import { expect } from '@jest/globals';
import * as is from '../fixtures.js';
import {
  alsoInSub,
  st,
  withAttachment,
  withContext,
  withDefinition,
  withObject,
  withResult,
  withSub,
  without,
} from '../fixtures.js';
import { judges } from '../lrs.js';
import type { RequirementCase } from '../lrs.js';

const { ACTIVITY, AGENT, MAN, REFERENCE, TEAM, UUID } = is;
const COMPONENTS = [{ id: 'a', description: { en: 'A' } }, { id: 'b' }];
const INTERACTIONS: readonly (readonly [type: string, lists: readonly string[]])[] = [
  ['choice', ['choices']],
  ['sequencing', ['choices']],
  ['likert', ['scale']],
  ['matching', ['source', 'target']],
  ['performance', ['steps']],
  ['true-false', []],
  ['fill-in', []],
  ['long-fill-in', []],
  ['numeric', []],
  ['other', []],
];
const LISTS = ['choices', 'scale', 'source', 'target', 'steps'];
const typeOf = (list: string) => INTERACTIONS.find(([, lists]) => lists.includes(list))![0];
const componentsOf = (list: string) =>
  [
    ...is.NO_LIST,
    ['x'],
    [{}],
    [{ id: 5 }],
    [{ id: 'a', description: 'A' }],
    [{ id: 'a', title: 'x' }],
    [{ id: 'a' }, { id: 'a' }],
  ].map((value) => withDefinition({ interactionType: typeOf(list), [list]: value }));

const score = (value: unknown) => withResult({ score: value });
const relation = (kind: 'contextAgent' | 'contextGroup', more: object = {}) => ({
  objectType: kind,
  ...(kind === 'contextAgent' ? { agent: AGENT } : { group: TEAM }),
  ...more,
});
const related = (kind: 'contextAgent' | 'contextGroup', values: readonly unknown[]) =>
  alsoInSub(values.map((value) => withContext({ [`${kind}s`]: value })));

const objects: RequirementCase[] = [
  judges('XAPI-00046', 'an object is an activity, an agent, a group, a reference or a SubStatement', {
    good: [
      withObject({ id: ACTIVITY.id }),
      withObject(ACTIVITY),
      withObject(AGENT),
      withObject(TEAM),
      withObject(REFERENCE),
      withSub(),
    ],
    bad: ['Statement', 'agent', 'Verb', '', ...is.NO_TEXT].map((objectType) => withObject({ ...ACTIVITY, objectType })),
  }),
  judges('XAPI-00047', 'an activity has an IRI as id', {
    bad: alsoInSub([
      withObject({ objectType: 'Activity' }),
      withObject({}),
      ...is.NO_IRI.map((id) => withObject({ id })),
    ]),
  }),
  judges('XAPI-00048', 'a definition is an object', {
    good: [withDefinition({})],
    bad: alsoInSub(is.NO_OBJECT.map(withDefinition)),
  }),
  judges('XAPI-00049', 'an interaction has one of ten types', {
    good: alsoInSub(INTERACTIONS.map(([interactionType]) => withDefinition({ interactionType }))),
    bad: alsoInSub(
      ['choices', 'CHOICE', 'http://example.com/choice', '', ...is.NO_TEXT].map((interactionType) =>
        withDefinition({ interactionType }),
      ),
    ),
  }),
  judges('XAPI-00050', 'a type of interaction has its lists of components and no others', {
    good: INTERACTIONS.flatMap(([interactionType, lists]) =>
      lists.map((list) => withDefinition({ interactionType, [list]: COMPONENTS })),
    ),
    bad: INTERACTIONS.flatMap(([interactionType, lists]) =>
      LISTS.filter((list) => !lists.includes(list)).map((list) =>
        withDefinition({ interactionType, [list]: COMPONENTS }),
      ),
    ),
  }),
  judges('XAPI-00051', 'choices are components', { bad: componentsOf('choices') }),
  judges('XAPI-00052', 'a scale is of components', { bad: componentsOf('scale') }),
  judges('XAPI-00053', 'sources are components', { bad: componentsOf('source') }),
  judges('XAPI-00054', 'targets are components', { bad: componentsOf('target') }),
  judges('XAPI-00055', 'steps are components', { bad: componentsOf('steps') }),
  judges('XAPI-00056', 'the name of an activity is a map of languages', {
    bad: alsoInSub(is.NO_LANGUAGE_MAP.map((name) => withDefinition({ name }))),
  }),
  judges('XAPI-00057', 'extensions of an activity are an object', {
    bad: alsoInSub(is.NO_OBJECT.map((extensions) => withDefinition({ extensions }))),
  }),
  judges('XAPI-00058', 'a pattern of correct responses is a list of texts', {
    good: [withDefinition({ interactionType: 'other', correctResponsesPattern: [] })],
    bad: [...is.NO_LIST, [5], [null]].map((correctResponsesPattern) =>
      withDefinition({ interactionType: 'other', correctResponsesPattern }),
    ),
  }),
  judges('XAPI-00059', 'the description of an activity is a map of languages', {
    bad: alsoInSub(is.NO_LANGUAGE_MAP.map((description) => withDefinition({ description }))),
  }),
  judges('XAPI-00060', 'the type of an activity is an IRI', {
    bad: alsoInSub(is.NO_IRI.map((type) => withDefinition({ type }))),
  }),
  judges('XAPI-00061', 'more information is at an IRL', {
    bad: alsoInSub(is.NO_IRI.map((moreInfo) => withDefinition({ moreInfo }))),
  }),
  judges('XAPI-00062', 'a component has an id, distinct in its list', {
    bad: LISTS.flatMap((list) =>
      [[{ description: { en: 'x' } }], [{ id: 'a' }, { id: 'a' }]].map((value) =>
        withDefinition({ interactionType: typeOf(list), [list]: value }),
      ),
    ),
  }),
  judges('XAPI-00063', 'the description of a component is a map of languages', {
    bad: LISTS.flatMap((list) =>
      is.NO_LANGUAGE_MAP.map((description) =>
        withDefinition({ interactionType: typeOf(list), [list]: [{ id: 'a', description }] }),
      ),
    ),
  }),
  judges('XAPI-00064', 'parts of an interaction need its type', {
    bad: alsoInSub(['correctResponsesPattern', ...LISTS].map((list) => withDefinition({ [list]: [] }))),
  }),
  judges('XAPI-00065', 'an Agent or a Group as object says so', {
    bad: alsoInSub([withObject(without(AGENT, 'objectType')), withObject(without(TEAM, 'objectType'))]),
  }),
  judges('XAPI-00066', 'a SubStatement is judged like a statement', {
    good: [
      withSub({
        object: AGENT,
        result: { success: true },
        context: { platform: undefined },
        timestamp: '2026-01-01T00:00:00Z',
      }),
      withSub({ object: REFERENCE }),
    ],
    bad: [
      withSub({ verb: {} }),
      withSub({ actor: {} }),
      withSub({ object: { objectType: 'StatementRef' } }),
      withSub({ result: { score: { scaled: 2 } } }),
      withSub({ more: 1 }),
    ],
  }),
  judges('XAPI-00067', 'a SubStatement has no authority', { bad: [withSub({ authority: AGENT })] }),
  judges('XAPI-00068', 'a SubStatement has no version', { bad: [withSub({ version: '1.0.0' })] }),
  judges('XAPI-00069', 'a SubStatement has no stored', { bad: [withSub({ stored: '2026-01-01T00:00:00Z' })] }),
  judges('XAPI-00070', 'a SubStatement has no id', { bad: [withSub({ id: UUID })] }),
  judges('XAPI-00071', 'a SubStatement has no SubStatement', { bad: [withSub({ object: is.sub() })] }),
  judges('XAPI-00072', 'a reference has the UUID of a statement', {
    bad: alsoInSub(
      [{}, ...is.NO_UUID.map((id) => ({ id }))].map((one) => withObject({ objectType: 'StatementRef', ...one })),
    ),
  }),
  judges('XAPI-00073', 'a reference and a SubStatement say what they are', {
    bad: [
      withObject({ id: UUID }),
      withObject(without(is.sub(), 'objectType')),
      withObject({ ...REFERENCE, objectType: 'statementref' }),
    ],
  }),
];

const results: RequirementCase[] = [
  judges('XAPI-00074', 'success is true or false', {
    bad: alsoInSub(is.NO_BOOLEAN.map((success) => withResult({ success }))),
  }),
  judges('XAPI-00075', 'completion is true or false', {
    bad: alsoInSub(is.NO_BOOLEAN.map((completion) => withResult({ completion }))),
  }),
  judges('XAPI-00076', 'a response is a text', {
    good: [withResult({ response: '' })],
    bad: alsoInSub(is.NO_TEXT.map((response) => withResult({ response }))),
  }),
  judges('XAPI-00077 XAPI-00124', 'a duration is one of ISO 8601, weeks alone', {
    good: alsoInSub(
      ['PT4H35M59.14S', 'P1Y2M3DT4H5M6.789S', 'P4W', 'PT0S', 'PT0.5H'].map((duration) => withResult({ duration })),
    ),
    bad: alsoInSub(
      ['', 'P', 'PT', '4H', 'P4W1D', 'P0001-00-00T00:00:01', 'PT1.5H3M', ...is.NO_TEXT].map((duration) =>
        withResult({ duration }),
      ),
    ),
  }),
  judges('XAPI-00078', 'extensions of a result are an object', {
    bad: alsoInSub(is.NO_OBJECT.map((extensions) => withResult({ extensions }))),
  }),
  judges('XAPI-00079', 'a score is an object', { good: [score({})], bad: alsoInSub(is.NO_OBJECT.map(score)) }),
  judges('XAPI-00080', 'max is a number above min', {
    good: [score({ max: 5 }), score({ min: 1, max: 1.5 })],
    bad: alsoInSub([
      ...is.NO_NUMBER.map((max) => score({ max })),
      score({ min: 5, max: 5 }),
      score({ min: 6, max: 5 }),
    ]),
  }),
  judges('XAPI-00081', 'min is a number below max', {
    good: [score({ min: -5 })],
    bad: alsoInSub([...is.NO_NUMBER.map((min) => score({ min })), score({ max: 0, min: 1 })]),
  }),
  judges('XAPI-00082', 'raw is a number from min to max', {
    good: [score({ raw: 1, min: 1, max: 2 }), score({ raw: 2, min: 1, max: 2 }), score({ raw: -1e9 })],
    bad: alsoInSub([
      ...is.NO_NUMBER.map((raw) => score({ raw })),
      score({ raw: 0, min: 1 }),
      score({ raw: 3, max: 2 }),
    ]),
  }),
  judges('XAPI-00083', 'scaled is a number from -1 to 1', {
    good: [-1, 0, 1, 0.5].map((scaled) => score({ scaled })),
    bad: alsoInSub([...is.NO_NUMBER, -1.0001, 1.0001, 100].map((scaled) => score({ scaled }))),
  }),
];

const contexts: RequirementCase[] = [
  judges('XAPI-00084', 'a revision needs an activity', {
    good: [withContext({ revision: '1' })],
    bad: [AGENT, TEAM, REFERENCE, is.sub()].map((object) => st({ object, context: { revision: '1' } })),
  }),
  judges('XAPI-00085', 'a platform needs an activity', {
    good: [withContext({ platform: 'web' })],
    bad: [AGENT, TEAM, REFERENCE, is.sub()].map((object) => st({ object, context: { platform: 'x' } })),
  }),
  judges('XAPI-00086', 'context activities are an object', {
    good: [withContext({ contextActivities: {} })],
    bad: alsoInSub(is.NO_OBJECT.map((contextActivities) => withContext({ contextActivities }))),
  }),
  judges('XAPI-00087', 'a registration is a UUID', {
    bad: alsoInSub(is.NO_UUID.map((registration) => withContext({ registration }))),
  }),
  judges('XAPI-00088', 'a team is a Group', {
    good: [withContext({ team: TEAM }), withContext({ instructor: TEAM })],
    bad: alsoInSub([AGENT, MAN, ...is.NO_OBJECT].map((team) => withContext({ team }))),
  }),
  judges('XAPI-00089', 'a revision is a text', {
    bad: alsoInSub(is.NO_TEXT.map((revision) => withContext({ revision }))),
  }),
  judges('XAPI-00090', 'a platform is a text', {
    bad: alsoInSub(is.NO_TEXT.map((platform) => withContext({ platform }))),
  }),
  judges('XAPI-00091', 'a language is a tag', {
    good: [withContext({ language: 'de-CH' })],
    bad: alsoInSub(['', 'english language', 'en_US', ...is.NO_TEXT].map((language) => withContext({ language }))),
  }),
  judges('XAPI-00092', 'a statement in a context is a reference', {
    good: [withContext({ statement: REFERENCE })],
    bad: alsoInSub(
      [{ id: UUID }, { objectType: 'StatementRef' }, st(), ...is.NO_OBJECT].map((statement) =>
        withContext({ statement }),
      ),
    ),
  }),
  judges('XAPI-00093', 'context activities are parent, grouping, category and other', {
    good: ['parent', 'grouping', 'category', 'other'].map((kind) =>
      withContext({ contextActivities: { [kind]: [ACTIVITY] } }),
    ),
    bad: alsoInSub(
      ['Parent', 'parents', 'child', ''].map((kind) => withContext({ contextActivities: { [kind]: [ACTIVITY] } })),
    ),
  }),
  judges('XAPI-00094', 'a context activity is an activity, or a list of them', {
    good: alsoInSub(
      [ACTIVITY, [ACTIVITY], [], [ACTIVITY, { id: 'urn:b' }]].map((parent) =>
        withContext({ contextActivities: { parent } }),
      ),
    ),
    bad: alsoInSub(
      [AGENT, REFERENCE, [AGENT], [[ACTIVITY]], 'x', null, {}].map((parent) =>
        withContext({ contextActivities: { parent } }),
      ),
    ),
  }),
  {
    ids: 'XAPI-00096',
    title: 'a single context activity comes back in a list',
    check: async (lrs) => {
      const context = { contextActivities: { parent: ACTIVITY, other: [ACTIVITY] } };
      const listed = { contextActivities: { parent: [ACTIVITY], other: [ACTIVITY] } };
      expect(await lrs.read(await lrs.store(withContext(context)))).toMatchObject({ context: listed });
      expect(await lrs.read(await lrs.store(withSub({ context })))).toMatchObject({ object: { context: listed } });
    },
  },
  judges(
    '9274-4.2.2.5-a',
    'contextAgents name Agents',
    {
      good: related('contextAgent', [
        [],
        [relation('contextAgent')],
        [relation('contextAgent', { agent: MAN, relevantTypes: ['urn:x'] })],
      ]),
      bad: related('contextAgent', [
        relation('contextAgent'),
        [relation('contextAgent', { objectType: 'Agent' })],
        [relation('contextAgent', { agent: TEAM })],
        [{ agent: AGENT }],
        [{ objectType: 'contextAgent' }],
        null,
      ]),
    },
    '2.0.0',
  ),
  judges(
    '9274-4.2.2.5-b',
    'contextGroups name Groups',
    {
      good: related('contextGroup', [[], [relation('contextGroup')]]),
      bad: related('contextGroup', [
        relation('contextGroup'),
        [relation('contextGroup', { objectType: 'Group' })],
        [relation('contextGroup', { group: AGENT })],
        [{ group: TEAM }],
        [{ objectType: 'contextGroup' }],
        null,
      ]),
    },
    '2.0.0',
  ),
  judges(
    '9274-4.2.2.5-c',
    'relevant types are one IRI or more',
    {
      bad: (['contextAgent', 'contextGroup'] as const).flatMap((kind) =>
        related(
          kind,
          [[], ['x'], 'urn:x', [5], null].map((relevantTypes) => [relation(kind, { relevantTypes })]),
        ),
      ),
    },
    '2.0.0',
  ),
  judges(
    '9274-4.2.1-a',
    'what 2.0 adds is unknown to 1.0.3, and nothing else is',
    {
      bad: [
        ...related('contextAgent', [[relation('contextAgent', { name: 'x' })]]),
        ...related('contextGroup', [[relation('contextGroup', { member: [] })]]),
      ],
    },
    '2.0.0',
  ),
];

const attachments: RequirementCase[] = [
  judges('XAPI-00102', 'an attachment has a length in octets', {
    good: [withAttachment({ length: 0 })],
    bad: alsoInSub([...is.NO_NUMBER, -1, 1.5].map((length) => withAttachment({ length }))),
  }),
  judges('XAPI-00103', 'an attachment has a SHA-2', {
    good: [56, 64, 96, 128].map((size) => withAttachment({ sha2: 'a'.repeat(size) })),
    bad: alsoInSub(['', 'x', 'a'.repeat(63), 'g'.repeat(64), ...is.NO_TEXT].map((sha2) => withAttachment({ sha2 }))),
  }),
  judges('XAPI-00104', 'the file of an attachment is at an IRL', {
    bad: alsoInSub(is.NO_IRI.map((fileUrl) => withAttachment({ fileUrl }))),
  }),
  judges('XAPI-00105', 'an attachment has a media type', {
    bad: alsoInSub(['', 'text', 'text/', ...is.NO_TEXT].map((contentType) => withAttachment({ contentType }))),
  }),
  judges('XAPI-00106', 'an attachment has a name in languages', {
    bad: alsoInSub(is.NO_LANGUAGE_MAP.map((display) => withAttachment({ display }))),
  }),
  judges('XAPI-00107', 'an attachment has a usage', {
    bad: alsoInSub(is.NO_IRI.map((usageType) => withAttachment({ usageType }))),
  }),
  judges('9274-4.2.2.6-a', 'no part of an attachment may be missing but description and fileUrl', {
    bad: alsoInSub(
      ['usageType', 'display', 'contentType', 'length', 'sha2'].map((key) =>
        st({ attachments: [without(is.ATTACHMENT, key)] }),
      ),
    ),
  }),
];

export const objectsAndContext: RequirementCase[] = [...objects, ...results, ...contexts, ...attachments];
