/** When statements, IRIs and authorities are the same, and what is no reason to refuse a statement. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../support/statements.js';
import * as is from '../fixtures.js';
import { st, withActor, withAttachment, withDefinition, withObject, withResult } from '../fixtures.js';
import { judges } from '../lrs.js';
import type { Lrs, RequirementCase } from '../lrs.js';

const { ATTACHMENT, MAN, VERB } = is;

const members = [MAN, { mbox: 'mailto:Other@example.com', name: 'Other' }];
const sums = { objectType: 'Group', mbox_sha1sum: 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9' };
const REGISTRATION = 'abcdef12-54a3-4e0f-a0a9-95a5a4e5d4a1';

const result = { score: { raw: 1, max: 5 }, duration: 'PT1M', response: 'a', extensions: { 'urn:x': [1, 2] } };
const context = {
  registration: REGISTRATION,
  language: 'en-GB',
  team: { objectType: 'Group', member: members },
  instructor: sums,
  contextActivities: { parent: [{ id: 'urn:a', definition: { name: { en: 'A' } } }, { id: 'urn:b' }] },
};
const base: Json = {
  actor: { objectType: 'Group', member: members },
  verb: { ...VERB, display: { en: 'did' } },
  object: { id: 'http://example.com/Activities/One', definition: { name: { en: 'One' } } },
  result,
  context,
  timestamp: '2026-01-01T00:00:00.000Z',
};
const swapped = { objectType: 'Group', member: [...members].reverse() };

/** Each differs from the base in what an LRS may set or change, or in case that means nothing. */
const SAME: readonly Json[] = [
  { actor: swapped },
  { context: { ...context, team: swapped } },
  { actor: { objectType: 'Group', member: [MAN, { ...members[1], mbox: 'mailto:Other@EXAMPLE.com' }] } },
  { verb: VERB },
  { verb: { ...VERB, display: { de: 'tat' } } },
  { object: { id: 'http://example.com/Activities/One', objectType: 'Activity' } },
  { object: { id: 'http://example.com/Activities/One', definition: { name: { en: 'Two' } } } },
  { timestamp: '2027-01-01T00:00:00.000Z' },
  { stored: '2027-01-01T00:00:00.000Z' },
  { version: '1.0.5' },
  { authority: MAN },
  { attachments: [ATTACHMENT] },
  { context: { ...context, registration: REGISTRATION.toUpperCase(), language: 'en-gb' } },
  { context: { ...context, instructor: { ...sums, mbox_sha1sum: sums.mbox_sha1sum.toUpperCase() } } },
  { context: { ...context, contextActivities: { parent: [{ id: 'urn:a' }, { id: 'urn:b' }] } } },
  { result: Object.fromEntries(Object.entries(result).reverse()) },
];

/** Each says something else than the base. */
const OTHERS: readonly Json[] = [
  { actor: MAN },
  { actor: { objectType: 'Group', member: [MAN] } },
  { actor: { objectType: 'Group', member: [MAN, { ...members[1], mbox: 'mailto:other@example.com' }] } },
  { verb: { id: 'http://example.com/verbs/another' } },
  { object: { id: 'http://example.com/activities/one' } },
  { object: { objectType: 'Agent', ...MAN } },
  { result: undefined },
  { result: { ...result, success: true } },
  { result: { ...result, score: { raw: 2, max: 5 } } },
  { result: { ...result, duration: 'PT2M' } },
  { result: { ...result, response: 'A' } },
  { result: { ...result, extensions: { 'urn:x': [2, 1] } } },
  { context: { ...context, platform: 'web' } },
  { context: { ...context, registration: randomUUID() } },
  { context: { ...context, contextActivities: { parent: [{ id: 'urn:a' }] } } },
];

/** Sends variants of a stored statement under its id: none may change what is stored. */
async function again(lrs: Lrs, variants: readonly Json[], status: number): Promise<void> {
  const statementId = randomUUID();
  await lrs.store({ ...base, id: statementId });
  const { text } = await lrs.get({ statementId });
  for (const more of variants) {
    const answer = await lrs.send('PUT', '/statements', { query: { statementId }, body: { ...base, ...more } });
    expect([more, answer.status]).toEqual([more, status]);
  }
  expect((await lrs.get({ statementId })).text).toBe(text);
}

const statements: RequirementCase[] = [
  {
    ids: 'DATA-2.3.1-c',
    title: 'a statement is the same whatever an LRS may set or change in it, in another order, or in another case',
    check: async (lrs) => {
      await again(lrs, SAME, 204);
      const id = randomUUID();
      await lrs.store(st({ id }));
      expect((await lrs.send('POST', '/statements', { body: [st({ id: id.toUpperCase() })] })).status).toBe(200);
    },
  },
  {
    ids: 'DATA-2.3.1-d',
    title: 'a statement that says anything else is another one',
    check: (lrs) => again(lrs, OTHERS, 409),
  },
  {
    ids: 'DATA-2.2-b',
    title: 'properties come in any order, and come back as they came',
    check: async (lrs) => {
      const id = randomUUID();
      const sent = {
        context: {},
        object: is.ACTIVITY,
        id,
        timestamp: '2026-01-01T00:00:00.000Z',
        verb: VERB,
        actor: MAN,
      };
      const text = JSON.stringify(sent);
      expect((await lrs.send('POST', '/statements', { body: text })).status).toBe(200);
      expect((await lrs.get({ statementId: id })).text.startsWith(text.slice(0, -1))).toBe(true);
    },
  },
  {
    ids: 'COMM-2.1.1-a',
    title: 'PUT takes one statement, whose id is that of the request',
    check: async (lrs) => {
      const statementId = randomUUID();
      const put = async (body: unknown) =>
        (await lrs.send('PUT', '/statements', { query: { statementId }, body })).status;
      expect([await put([st()]), await put([]), await put(st({ id: randomUUID() }))]).toEqual([400, 400, 400]);
      expect((await lrs.get({ statementId })).status).toBe(404);
      expect(await put(st({ id: statementId }))).toBe(204);
    },
  },
  {
    ids: '9274-4.1.6.1-a',
    title: 'a batch with an id twice, in whatever case, is refused as a whole',
    only: '2.0.0',
    check: async (lrs) => {
      const [once, twice] = [randomUUID(), randomUUID()];
      const body = [st({ id: once }), st({ id: twice }), st({ id: twice.toUpperCase() })];
      expect((await lrs.send('POST', '/statements', { body })).status).toBe(400);
      for (const statementId of [once, twice]) expect((await lrs.get({ statementId })).status).toBe(404);
    },
  },
];

const iris: RequirementCase[] = [
  {
    ids: 'DATA-4.3-a',
    title: 'IRIs are the same as they are written: no scheme makes two of them one, and each comes back as it came',
    check: async (lrs) => {
      const host = `${randomUUID()}.example.com`;
      const variants = ['', '/', ':80', '/Path', '/path', '/path/', '/path?', '/path#'].map(
        (end) => `http://${host}${end}`,
      );
      const ids: string[] = [];
      for (const id of variants) ids.push(await lrs.store(withObject({ id })));
      for (const [index, activity] of variants.entries()) {
        expect([activity, await lrs.idsOf({ activity })]).toEqual([activity, [ids[index]]]);
        expect((await lrs.read(ids[index]!))['object']).toEqual({ id: activity });
        const { json } = await lrs.send('GET', '/activities', { query: { activityId: activity } });
        expect(json['id']).toBe(activity);
      }
    },
  },
];

const authorities: RequirementCase[] = [
  {
    ids: 'DATA-2.4.9-a',
    title: 'the same credentials are the same authority, others are another',
    check: async (lrs) => {
      const create = async () => {
        const { data } = await lrs.app.graphql<{ createApiKey: { credentials: string } }>(
          'mutation { createApiKey(input: { name: "Same name", scopes: [ALL] }) { ... on CreateApiKeySuccess { credentials } } }',
        );
        return data.createApiKey.credentials;
      };
      const authorityBy = async (key: string) => {
        const { json } = await lrs.send('POST', '/statements', { body: st(), key });
        return (await lrs.read((json as unknown as string[])[0]!))['authority'];
      };
      const [one, other] = [await create(), await create()];
      const first = await authorityBy(one);
      expect(first).toMatchObject({ objectType: 'Agent' });
      expect(await authorityBy(one)).toEqual(first);
      expect(await authorityBy(other)).not.toEqual(first);
    },
  },
];

const long = 'x'.repeat(20_000);
const pattern = (interactionType: string, correctResponsesPattern: string[]) =>
  withDefinition({ interactionType, correctResponsesPattern });

const taken: RequirementCase[] = [
  judges('DATA-2.4.4.1-b', 'patterns and responses are texts of any length and number, and are not judged further', {
    good: [
      pattern('true-false', ['perhaps']),
      pattern('choice', ['a[,]b', '', 'nobody knows this']),
      pattern('fill-in', [long, '{case_matters=perhaps}{lang=nonsense tag}x', '{order_matters=}']),
      pattern('numeric', ['[:]', 'many']),
      pattern('performance', ['step']),
      pattern(
        'other',
        Array.from({ length: 2_000 }, (_, index) => String(index)),
      ),
      withResult({ response: '{case_matters=maybe}' }),
    ],
  }),
  judges('DATA-2.4.11-a', 'the description of an attachment is a map of languages', {
    good: [withAttachment({ description: { en: 'About' } })],
    bad: is.alsoInSub(is.NO_LANGUAGE_MAP.map((description) => withAttachment({ description }))),
  }),
  judges(
    '9274-4.2.4.1-c',
    'the size of a property is no reason to refuse it',
    {
      good: [
        withActor({ ...MAN, name: long }),
        withActor({ mbox: `mailto:${long}@example.com` }),
        withObject({ id: `http://example.com/${long}` }),
        withResult({ response: long, extensions: { [`urn:${long}`]: long } }),
        withActor({ objectType: 'Group', member: Array.from({ length: 1_000 }, () => MAN) }),
        st({ verb: { id: `urn:${long}`, display: { en: long } } }),
      ],
    },
    '2.0.0',
  ),
];

export const comparison: RequirementCase[] = [...statements, ...iris, ...authorities, ...taken];
