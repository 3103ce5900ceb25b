/** Finding statements: by id, in pages, by filters, in forms. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../support/statements.js';
import { ACTIVITY, MAN, registered, st, VERB, voiding, withContext, without, withObject } from '../fixtures.js';
import { finds } from '../lrs.js';
import type { Lrs, Query, RequirementCase } from '../lrs.js';

const pause = () => new Promise((done) => setTimeout(done, 5));

/** Several of one registration, in the order of storage. */
async function storeSeveral(lrs: Lrs, count: number): Promise<{ registration: string; ids: string[] }> {
  const registration = randomUUID();
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(await lrs.store(withContext({ registration })));
    await pause();
  }
  return { registration, ids };
}

const MAP = { en: 'did', 'de-DE': 'tat', fr: 'a fait' };
const storedOf = async (lrs: Lrs, id: string) => (await lrs.read(id))['stored'] as string;

const pages: RequirementCase[] = [
  {
    ids: 'XAPI-00108 XAPI-00109 XAPI-00111 XAPI-00113 XAPI-00114',
    title: 'more leads from page to page, every statement once, and ends empty',
    check: async (lrs) => {
      const { registration, ids } = await storeSeveral(lrs, 5);
      const seen: string[] = [];
      let path = `/xapi/statements?${new URLSearchParams({ registration, limit: '2' }).toString()}`;
      while (path !== '') {
        const { json } = await lrs.send('GET', path.slice('/xapi'.length));
        expect(Object.keys(json).sort()).toEqual(['more', 'statements']);
        seen.push(...(json['statements'] as Json[]).map(({ id }) => id as string));
        path = json['more'] as string;
        if (seen.length === 2) await lrs.store(withContext({ registration }));
      }
      expect(seen).toEqual([...ids].reverse());
    },
  },
  {
    ids: 'XAPI-00110 XAPI-00149 XAPI-00154 XAPI-00159',
    title: 'a list is 200 and has statements, also when nothing is found',
    check: async (lrs) => {
      const { status, json } = await lrs.get({ registration: randomUUID() });
      expect([status, json]).toEqual([200, { statements: [], more: '' }]);
      expect(Array.isArray((await lrs.get({})).json['statements'])).toBe(true);
    },
  },
];

const single: RequirementCase[] = [
  {
    ids: 'XAPI-00156 XAPI-00158',
    title: 'statementId gives that statement',
    check: async (lrs) => {
      const id = await lrs.store(st());
      const { status, json } = await lrs.get({ statementId: id });
      expect([status, json['id']]).toEqual([200, id]);
      expect((await lrs.get({ statementId: id.toUpperCase() })).json['id']).toBe(id);
      expect((await lrs.get({ statementId: randomUUID() })).status).toBe(404);
    },
  },
  {
    ids: 'XAPI-00150 XAPI-00151',
    title: 'an id goes with format and attachments only, and not with the other id',
    check: async (lrs) => {
      const [live, voided] = [await lrs.store(st()), await lrs.store(st())];
      await lrs.store(voiding(voided));
      const filters: Query = {
        agent: JSON.stringify(MAN),
        verb: VERB.id,
        activity: ACTIVITY.id,
        registration: randomUUID(),
        related_activities: 'true',
        related_agents: 'true',
        since: '2020-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
        limit: '1',
        ascending: 'true',
      };
      for (const query of [{ statementId: live }, { voidedStatementId: voided }] as Query[]) {
        for (const [name, value] of Object.entries(filters)) {
          expect([name, (await lrs.get({ ...query, [name]: value })).status]).toEqual([name, 400]);
        }
        expect((await lrs.get({ ...query, format: 'ids', attachments: 'false' })).status).toBe(200);
      }
      expect((await lrs.get({ statementId: live, voidedStatementId: voided })).status).toBe(400);
    },
  },
];

const headers: RequirementCase[] = [
  {
    ids: 'XAPI-00153 XAPI-00160',
    title: 'Consistent-Through is on every answer, refusals too, and never later than now',
    check: async (lrs) => {
      const id = randomUUID();
      const answers = [
        await lrs.send('PUT', '/statements', { query: { statementId: id }, body: st() }),
        await lrs.send('PUT', '/statements', { query: { statementId: id }, body: st({ verb: VERB }) }),
        await lrs.send('POST', '/statements', { body: st() }),
        await lrs.send('POST', '/statements', { body: '{' }),
        await lrs.get({}),
        await lrs.get({ statementId: id }),
        await lrs.get({ statementId: randomUUID() }),
        await lrs.get({ limit: 'x' }),
        await lrs.send('HEAD', '/statements'),
        await lrs.send('GET', '/statements', { key: null }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([204, 409, 200, 400, 200, 200, 404, 400, 200, 401]);
      for (const answer of answers) {
        const time = answer.headers.get('x-experience-api-consistent-through')!;
        expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
        expect(Date.parse(time)).toBeLessThanOrEqual(Date.now() + 1_000);
      }
    },
  },
  {
    ids: 'XAPI-00161 XAPI-00165',
    title: 'the type of an answer is told; without attachments it is JSON',
    check: async (lrs) => {
      const id = await lrs.store(st());
      for (const query of [{ statementId: id }, { limit: '1' }, { limit: '1', attachments: 'false' }] as Query[]) {
        expect((await lrs.get(query)).headers.get('content-type')).toMatch(/^application\/json/);
      }
    },
  },
  {
    ids: '9274-4.1.6.1-b',
    title: 'Last-Modified is the latest stored',
    only: '2.0.0',
    check: async (lrs) => {
      const { registration, ids } = await storeSeveral(lrs, 2);
      const expected = new Date(await storedOf(lrs, ids[1]!)).toUTCString();
      for (const query of [
        { registration },
        { registration, ascending: 'true' },
        { statementId: ids[1]! },
      ] as Query[]) {
        expect((await lrs.get(query)).headers.get('last-modified')).toBe(expected);
      }
    },
  },
];

const filters: RequirementCase[] = [
  finds(
    'XAPI-00180',
    'verb finds its id',
    { verb: VERB.id },
    { found: [st({ verb: { ...VERB, display: { en: 'x' } } })], others: [st()] },
  ),
  {
    ids: 'XAPI-00178',
    title: 'registration finds its own',
    check: async (lrs) => {
      const { registration, statement } = registered();
      const id = await lrs.store(statement);
      await lrs.store(registered().statement);
      expect(await lrs.idsOf({ registration: registration.toUpperCase() })).toEqual([id]);
    },
  },
  {
    ids: 'XAPI-00174 XAPI-00175',
    title: 'since excludes its time, until includes it',
    check: async (lrs) => {
      const { registration, ids } = await storeSeveral(lrs, 3);
      const time = await storedOf(lrs, ids[1]!);
      expect(await lrs.idsOf({ registration, since: time })).toEqual([ids[2]]);
      expect(await lrs.idsOf({ registration, until: time })).toEqual([ids[1], ids[0]]);
      expect(await lrs.idsOf({ registration, since: time.replace('Z', '+00:00') })).toEqual([ids[2]]);
    },
  },
  {
    ids: 'XAPI-00173',
    title: 'limit is a most, 0 none of our own',
    check: async (lrs) => {
      const { registration, ids } = await storeSeveral(lrs, 3);
      expect(await lrs.idsOf({ registration, limit: '1' })).toEqual([ids[2]]);
      expect(await lrs.idsOf({ registration, limit: '0' })).toHaveLength(3);
      expect(await lrs.idsOf({ registration, limit: '100' })).toHaveLength(3);
    },
  },
  {
    ids: 'XAPI-00166',
    title: 'ascending turns the order of storage around',
    check: async (lrs) => {
      const { registration, ids } = await storeSeveral(lrs, 3);
      expect(await lrs.idsOf({ registration, ascending: 'true' })).toEqual(ids);
      expect(await lrs.idsOf({ registration, ascending: 'false' })).toEqual([...ids].reverse());
    },
  },
];

const formats: RequirementCase[] = [
  {
    ids: 'XAPI-00168 XAPI-00169',
    title: 'exact is what was sent',
    check: async (lrs) => {
      const sent = st({
        actor: { ...MAN, name: 'Man' },
        verb: { ...VERB, display: MAP },
        object: { ...ACTIVITY, definition: { name: MAP } },
      });
      const id = await lrs.store(sent);
      await lrs.store(withObject({ ...ACTIVITY, definition: { name: { es: 'otro' }, type: 'urn:type' } }));
      for (const query of [{}, { format: 'exact' }] as Query[]) {
        expect(without(await lrs.read(id, query), 'id', 'stored', 'timestamp', 'version', 'authority')).toEqual(sent);
      }
    },
  },
];

export const statementsResource: RequirementCase[] = [...pages, ...single, ...headers, ...filters, ...formats];
