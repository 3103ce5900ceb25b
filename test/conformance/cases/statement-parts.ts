/** Formatting, actor, verb, id, times, authority, version. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import * as is from '../fixtures.js';
import {
  alsoInSub,
  st,
  without,
  withActor,
  withContext,
  withObject,
  withResult,
  withSub,
  withVerb,
} from '../fixtures.js';
import type { Json } from '../../support/statements.js';
import { judges } from '../lrs.js';
import type { RequirementCase } from '../lrs.js';

const { AGENT, MAN, TEAM, UUID, VERB } = is;
const account = { homePage: 'http://example.com/accounts', name: 'somebody' };
const identifiers = [
  { mbox: 'mailto:somebody@example.com' },
  { mbox_sha1sum: 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9' },
  { openid: 'http://somebody.example.com/' },
  { account },
];
/** Everywhere that an agent can be. */
const everywhere = (agent: unknown) => [
  withActor(agent),
  withContext({ instructor: agent }),
  withContext({ team: { objectType: 'Group', member: [agent] } }),
  withSub({ actor: agent }),
  st({ authority: agent }),
];
const extensions = (value: unknown) => [
  withResult({ extensions: value }),
  withContext({ extensions: value }),
  is.withDefinition({ extensions: value }),
];
const languageMaps = (map: unknown) => [
  withVerb({ ...VERB, display: map }),
  is.withDefinition({ name: map }),
  is.withDefinition({ description: map }),
  is.withDefinition({ interactionType: 'choice', choices: [{ id: 'a', description: map }] }),
  is.withAttachment({ display: map }),
];
const NO_TIMES = [
  'yesterday',
  '',
  '01/01/2026',
  '2026-13-01T00:00:00Z',
  '2026-03-01T00:00:00-00',
  '2026-03-01T00:00:00-0000',
  '2026-03-01T00:00:00-00:00',
  5,
  null,
];
const group = (more: object) => ({ objectType: 'Group', ...more });

export const statementParts: RequirementCase[] = [
  judges('XAPI-00001', 'null is for extensions only', {
    good: extensions({ 'urn:x': null }).flatMap((one) => alsoInSub([one])),
    bad: alsoInSub([
      withActor(null),
      withVerb(null),
      withObject(null),
      withResult(null),
      withContext(null),
      withActor({}),
    ]),
  }),
  {
    ids: 'XAPI-00002',
    title: 'numbers come back with every digit',
    check: async (lrs) => {
      const numbers =
        '{"urn:a":0.1234567890123456789,"urn:b":123456789012345678901234567890,"urn:c":-1.5e-30,"urn:d":1E400}';
      const id = randomUUID();
      const text = JSON.stringify(st({ id })).replace(/}$/, `,"result":{"extensions":${numbers}}}`);
      expect((await lrs.send('POST', '/statements', { body: text })).status).toBe(200);
      expect((await lrs.get({ statementId: id })).text).toContain(numbers);
    },
  },
  judges('XAPI-00003', 'actor is required', { bad: alsoInSub([without(st(), 'actor')]) }),
  judges('XAPI-00004', 'verb is required', { bad: alsoInSub([without(st(), 'verb')]) }),
  judges('XAPI-00005', 'object is required', { bad: alsoInSub([without(st(), 'object')]) }),
  judges('XAPI-00006', 'types are those of the text, never texts for numbers or booleans', {
    bad: alsoInSub([
      withActor('x'),
      withVerb([]),
      withResult({ success: 'true' }),
      withResult({ score: { raw: '5' } }),
      withContext({ contextActivities: [] }),
      st({ attachments: {} }),
      is.withAttachment({ length: '3' }),
    ]),
  }),
  judges('XAPI-00007', 'what has a format follows it, and is never empty', {
    bad: alsoInSub([
      withVerb({ id: '' }),
      withActor({ mbox: '' }),
      withActor({ openid: '' }),
      withContext({ registration: '' }),
      st({ timestamp: '' }),
      withResult({ duration: '' }),
      ...extensions({ '': 1 }),
    ]),
  }),
  judges('XAPI-00008', 'the case of a key matters', {
    bad: [
      ...alsoInSub([
        st({ Actor: MAN }),
        withActor({ Mbox: MAN.mbox }),
        withVerb({ ...VERB, Display: { en: 'x' } }),
        withResult({ Success: true }),
        withContext({ Registration: UUID }),
      ]),
      st({ ID: UUID }),
    ],
  }),
  judges('XAPI-00009', 'the case of an enumerated value matters', {
    bad: alsoInSub([
      withActor({ objectType: 'agent', ...MAN }),
      withActor({ objectType: 'GROUP', member: [MAN] }),
      withObject({ ...is.ACTIVITY, objectType: 'activity' }),
      is.withDefinition({ interactionType: 'Choice' }),
    ]),
  }),
  judges('XAPI-00010', 'what the text does not know is refused', {
    bad: alsoInSub([
      st({ more: 1 }),
      withActor({ ...MAN, mail: 'x' }),
      withVerb({ ...VERB, name: 'x' }),
      withObject({ ...is.ACTIVITY, title: 'x' }),
      is.withDefinition({ title: 'x' }),
      withResult({ grade: 'A' }),
      withResult({ score: { percent: 5 } }),
      withContext({ place: 'x' }),
      st(JSON.parse('{"__proto__":{"a":1}}') as Json),
      st({ constructor: 'x' }),
    ]),
  }),
  judges('XAPI-00011', 'an IRI has a scheme', {
    bad: alsoInSub([
      withVerb({ id: 'example.com/verb' }),
      withObject({ id: 'course' }),
      is.withDefinition({ type: 'type' }),
      is.withDefinition({ moreInfo: '/info' }),
      withActor({ openid: 'example.com' }),
      withActor({ account: { ...account, homePage: 'example.com' } }),
      is.withAttachment({ usageType: 'usage' }),
      is.withAttachment({ fileUrl: 'file.txt' }),
      ...extensions({ key: 1 }),
    ]),
  }),
  {
    ids: 'XAPI-00012',
    title: 'parameters are judged like the same things in statements',
    check: async (lrs) => {
      const bad: Record<string, string>[] = [
        { statementId: 'abc' },
        { voidedStatementId: 'abc' },
        { agent: '{}' },
        { agent: 'x' },
        { agent: '{"mbox":"x@y.z"}' },
        { agent: JSON.stringify({ ...MAN, openid: 'http://x.example.com' }) },
        { verb: 'x' },
        { activity: 'x' },
        { registration: 'x' },
        { related_agents: 'True' },
        { related_activities: '1' },
        { attachments: 'yes' },
        { ascending: '0' },
        { since: 'x' },
        { until: '2026-03-01T00:00:00-00:00' },
        { limit: '-1' },
        { limit: '1.5' },
        { limit: 'x' },
        { format: 'Exact' },
      ];
      for (const query of bad) expect([query, (await lrs.get(query)).status]).toEqual([query, 400]);
    },
  },
  judges('XAPI-00013 XAPI-00121', 'tags of languages have the lengths of RFC 5646', {
    good: [
      ...languageMaps({ 'zh-Hant-TW': 'x', 'de-CH-1901': 'y' }),
      withContext({ language: 'en-GB' }),
      ...languageMaps({}),
    ],
    bad: [...['a', 'englishtongue', 'en_GB', ''].flatMap((tag) => languageMaps({ [tag]: 'x' }))],
  }),
  {
    ids: 'XAPI-00014',
    title: 'a body that is no JSON is refused',
    check: async (lrs) => {
      const texts = ['', '{', '[', 'x', '{"a":1,}', "{'actor':1}", `${JSON.stringify(st())}x`, '"x"', '5', 'null'];
      for (const body of texts) {
        expect([body, (await lrs.send('POST', '/statements', { body })).status]).toEqual([body, 400]);
      }
    },
  },
  {
    ids: 'XAPI-00015',
    title: 'texts are UTF-8 on the way in and out',
    check: async (lrs) => {
      const name = 'Jürgen 學習 😀 \u202e';
      const id = await lrs.store(withActor({ ...MAN, name }));
      expect(await lrs.read(id)).toMatchObject({ actor: { name } });
      const latin = Buffer.from(JSON.stringify(withActor({ ...MAN, name: 'Jürgen' })), 'latin1');
      expect((await lrs.send('POST', '/statements', { body: latin })).status).toBe(400);
    },
  },
  {
    ids: 'XAPI-00021',
    title: 'no property is there twice',
    check: async (lrs) => {
      const twice = JSON.stringify(st()).replace('{', '{"verb":{"id":"urn:other"},');
      expect((await lrs.send('POST', '/statements', { body: twice })).status).toBe(400);
      const deep = JSON.stringify(withActor(MAN)).replace('"mbox"', '"mbox":"mailto:a@b.c","mbox"');
      expect((await lrs.send('POST', '/statements', { body: deep })).status).toBe(400);
    },
  },
  judges('XAPI-00022 XAPI-00123', 'a timestamp is one of ISO 8601', {
    good: alsoInSub(
      ['2026-03-01T09:30:15Z', '2026-03-01T09:30:15.123+02:00', '2099-01-01T00:00:00Z', '20260301T093015Z'].map(
        (timestamp) => st({ timestamp }),
      ),
    ),
    bad: alsoInSub(NO_TIMES.map((timestamp) => st({ timestamp }))),
  }),
  {
    ids: 'XAPI-00023 XAPI-00097',
    title: 'stored is set by the LRS, whatever was sent',
    check: async (lrs) => {
      const before = Date.now();
      const { stored } = await lrs.read(await lrs.store(st({ stored: '2001-01-01T00:00:00Z' })));
      expect(Date.parse(stored as string)).toBeGreaterThanOrEqual(before - 1_000);
      expect(Date.parse(stored as string)).toBeLessThanOrEqual(Date.now() + 1_000);
      await judges('', '', { bad: NO_TIMES.map((time) => st({ stored: time })) }).check(lrs);
    },
  },
  judges('XAPI-00024', 'an authority is an Agent or a Group', {
    good: [st({ authority: AGENT })],
    bad: [...is.NO_OBJECT, {}, { objectType: 'Activity', id: 'urn:x' }].map((authority) => st({ authority })),
  }),
  judges('XAPI-00025', 'attachments are a list', {
    bad: alsoInSub(is.NO_LIST.map((attachments) => st({ attachments }))),
  }),
  {
    ids: 'XAPI-00026',
    title: 'a statement without id gets one',
    check: async (lrs) => {
      const id = await lrs.store(st());
      expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(await lrs.read(id)).toMatchObject({ id });
    },
  },
  judges('XAPI-00027 XAPI-00028 XAPI-00029 XAPI-00030', 'ids are UUIDs in their standard form', {
    good: [st({ id: randomUUID() }), st({ id: randomUUID().toUpperCase() })],
    bad: is.NO_UUID.flatMap((id) => [
      st({ id }),
      withContext({ registration: id }),
      withObject({ objectType: 'StatementRef', id }),
      withContext({ statement: { objectType: 'StatementRef', id } }),
    ]),
  }),
  judges('XAPI-00031 XAPI-00032', 'the objectType of an actor is Agent or Group', {
    good: [withActor(MAN), withActor(AGENT), withActor(TEAM)],
    bad: ['Activity', 'Person', '', ...is.NO_TEXT].flatMap((objectType) => everywhere({ ...MAN, objectType })),
  }),
  judges('XAPI-00033', 'a name is a text', {
    good: [withActor({ ...MAN, name: '' }), withActor({ ...TEAM, name: 'Team' })],
    bad: is.NO_TEXT.flatMap((name) => [...everywhere({ ...MAN, name }), withActor({ ...TEAM, name })]),
  }),
  judges('XAPI-00034 XAPI-00037', 'an Agent and an identified Group have exactly one identifier', {
    good: identifiers.flatMap((one) => [
      ...everywhere(one),
      withActor(group(one)),
      withActor(group({ ...one, member: [MAN] })),
    ]),
    bad: [
      ...everywhere({}),
      ...everywhere({ name: 'x' }),
      ...identifiers.flatMap((one, index) => {
        const both = { ...one, ...identifiers[(index + 1) % identifiers.length] };
        return [...everywhere(both), withActor(group(both))];
      }),
    ],
  }),
  judges('XAPI-00035', 'members are for Groups only, and an anonymous Group has them', {
    bad: [...everywhere({ ...MAN, member: [AGENT] }), withActor(group({})), withActor(group({ name: 'x' }))],
  }),
  judges('XAPI-00036', 'members are Agents', {
    good: [withActor(group({ member: [MAN, AGENT, ...identifiers] }))],
    bad: [...is.NO_LIST, [TEAM], [group({ mbox: 'mailto:a@b.c' })], [{}], ['x'], [null]].map((member) =>
      withActor(group({ member })),
    ),
  }),
  judges('XAPI-00038', 'an mbox is mailto: and an address', {
    bad: ['a@b.c', 'mailto:', 'mailto:x', 'http://a@b.c', 'MAILTO:a@b.c', ...is.NO_TEXT].flatMap((mbox) =>
      everywhere({ mbox }),
    ),
  }),
  judges('XAPI-00039', 'an mbox_sha1sum is a SHA-1 in hexadecimal', {
    bad: ['x', '', 'a'.repeat(39), 'g'.repeat(40), ...is.NO_TEXT].flatMap((sum) => everywhere({ mbox_sha1sum: sum })),
  }),
  judges('XAPI-00040', 'an openid is a URI', { bad: is.NO_IRI.flatMap((openid) => everywhere({ openid })) }),
  judges('XAPI-00041 XAPI-00042 XAPI-00043', 'an account is a home page and a name', {
    bad: [
      ...is.NO_OBJECT,
      {},
      { name: 'x' },
      { homePage: account.homePage },
      { ...account, id: 'x' },
      ...is.NO_IRI.map((homePage) => ({ ...account, homePage })),
      ...is.NO_TEXT.map((name) => ({ ...account, name })),
    ].flatMap((one) => everywhere({ account: one })),
  }),
  judges('XAPI-00044', 'the id of a verb is an IRI', {
    bad: alsoInSub([...is.NO_IRI.map((id) => withVerb({ id })), withVerb({}), ...is.NO_OBJECT.map(withVerb)]),
  }),
  judges('XAPI-00045', 'the display of a verb is a map of languages', {
    good: [withVerb({ ...VERB, display: { en: 'did', de: 'tat' } }), withVerb({ ...VERB, display: {} })],
    bad: alsoInSub(is.NO_LANGUAGE_MAP.map((display) => withVerb({ ...VERB, display }))),
  }),
  judges('XAPI-00098', 'a Group as authority has two Agents', {
    good: [st({ authority: group({ member: [MAN, AGENT] }) })],
    bad: [[], [MAN], [MAN, AGENT, MAN]].map((member) => st({ authority: group({ member }) })),
  }),
  {
    ids: 'XAPI-00099',
    title: 'the authority is told by the credentials',
    check: async (lrs) => {
      const claimed = { mbox: 'mailto:liar@example.com' };
      const [none, other] = [
        await lrs.read(await lrs.store(st())),
        await lrs.read(await lrs.store(st({ authority: claimed }))),
      ];
      expect(none['authority']).toMatchObject({ objectType: 'Agent', account: { name: 'test-admin' } });
      expect(other['authority']).toEqual(none['authority']);
    },
  },
  judges('XAPI-00100', 'a Group as authority has no identifier', {
    bad: identifiers.map((one) => st({ authority: group({ ...one, member: [MAN, AGENT] }) })),
  }),
  judges('XAPI-00101', 'the version of a statement is one that is served', {
    good: ['1.0', '1.0.0', '1.0.9'].map((version) => st({ version })),
    bad: ['0.9', '0.9.9', '1.1.0', '2.1.0', '', 'x', ...is.NO_TEXT].map((version) => st({ version })),
  }),
  judges(
    '9274-4.2.4.3-a',
    'a statement of 2.0 may say so',
    { good: ['2.0', '2.0.0', '2.0.5'].map((version) => st({ version })) },
    '2.0.0',
  ),
  judges('XAPI-00118 XAPI-00120', 'keys of extensions are IRIs, in an object', {
    bad: alsoInSub([...is.NO_OBJECT, { key: 1 }, { '': 1 }, { 'a b': 1 }].flatMap(extensions)),
  }),
  {
    ids: 'XAPI-00119',
    title: 'extensions hold anything, and it comes back',
    check: async (lrs) => {
      const text =
        '{"urn:null":null,"urn:empty":"","urn:object":{},"urn:list":[],"urn:nul":"\\u0000","urn:half":"\\ud800","urn:proto":{"__proto__":{"a":1},"constructor":{}},"urn:twice":{"a":1,"a":2}}';
      for (const place of ['result', 'context']) {
        const id = randomUUID();
        const body = JSON.stringify(st({ id })).replace(/}$/, `,"${place}":{"extensions":${text}}}`);
        const put = await lrs.send('PUT', '/statements', { query: { statementId: id }, body });
        expect([put.status, (await lrs.get({ statementId: id })).text.includes(text)]).toEqual([204, true]);
      }
    },
  },
  {
    ids: 'XAPI-00122',
    title: 'timestamps keep their milliseconds and more',
    check: async (lrs) => {
      for (const timestamp of ['2026-03-01T09:30:15.123Z', '2026-03-01T09:30:15.123456789Z']) {
        expect(await lrs.read(await lrs.store(st({ timestamp })))).toMatchObject({ timestamp });
      }
    },
  },
  {
    ids: '9274-4.2.7-a',
    title: 'timestamps are converted to UTC',
    only: '2.0.0',
    check: async (lrs) => {
      const id = await lrs.store(st({ timestamp: '2026-03-01T00:30:15.120+01:00' }));
      expect(await lrs.read(id)).toMatchObject({ timestamp: '2026-02-28T23:30:15.120Z' });
    },
  },
  {
    ids: '9274-4.2.4.2-a',
    title: 'a statement without a timestamp has that of its storage',
    check: async (lrs) => {
      const { timestamp, stored } = await lrs.read(await lrs.store(st()));
      expect(timestamp).toBe(stored);
    },
  },
];
