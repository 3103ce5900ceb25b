/** What requests and answers of every resource have in common: headers, parameters, limits, forms of errors. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { XapiAnswer } from '../../support/statements.js';
import { ACTIVITY, MAN, st, VERB } from '../fixtures.js';
import type { Lrs, Query, RequirementCase } from '../lrs.js';

const AGENT = JSON.stringify(MAN);
const activityId = ACTIVITY.id;
const DOCUMENTS: readonly (readonly [path: string, query: Query])[] = [
  ['/activities/state', { activityId, agent: AGENT, registration: randomUUID(), stateId: 'one' }],
  ['/activities/profile', { activityId, profileId: 'one' }],
  ['/agents/profile', { agent: AGENT, profileId: 'one' }],
];
/** Every method of every resource, with all that it takes. */
const REQUESTS: readonly (readonly [method: string, path: string, query: Query])[] = [
  ['PUT', '/statements', { statementId: randomUUID() }],
  ['POST', '/statements', {}],
  ['GET', '/statements', { limit: '1', ascending: 'true', verb: VERB.id, activity: activityId, agent: AGENT }],
  ['GET', '/statements', { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z', format: 'ids' }],
  ['GET', '/statements', { related_agents: 'true', related_activities: 'true', attachments: 'false' }],
  ['GET', '/statements', { registration: randomUUID() }],
  ['GET', '/statements', { statementId: randomUUID() }],
  ['GET', '/statements', { voidedStatementId: randomUUID() }],
  ['GET', '/activities', { activityId }],
  ['GET', '/agents', { agent: AGENT }],
  ['GET', '/about', {}],
  ...DOCUMENTS.flatMap(([path, query]) =>
    ['PUT', 'POST', 'GET', 'DELETE'].map((method) => [method, path, query] as const),
  ),
  ['GET', '/activities/state', { activityId, agent: AGENT, since: '2026-01-01T00:00:00Z' }],
  ['GET', '/activities/profile', { activityId, since: '2026-01-01T00:00:00Z' }],
  ['GET', '/agents/profile', { agent: AGENT, since: '2026-01-01T00:00:00Z' }],
];
const send = (lrs: Lrs, method: string, path: string, query: Query, headers: Query = {}) =>
  lrs.send(method, path, {
    query,
    headers,
    ...(method === 'PUT' || method === 'POST' ? { body: path === '/statements' ? st() : {} } : {}),
  });

/** Requests that must all be 400; every one is tried. */
async function refused(lrs: Lrs, requests: readonly (readonly [method: string, path: string, query: Query])[]) {
  expect(requests.length).toBeGreaterThan(0);
  const taken: unknown[] = [];
  for (const [method, path, query] of requests) {
    const { status } = await send(lrs, method, path, query);
    if (status !== 400) taken.push([method, path, query, status]);
  }
  expect(taken).toEqual([]);
}

const parameters: RequirementCase[] = [
  {
    ids: 'XAPI-00324',
    title: 'what is no parameter of a method is refused by it, also when another method or resource has it',
    check: (lrs) =>
      refused(lrs, [
        ...REQUESTS.map(([method, path, query]) => [method, path, { ...query, nothing: '1' }] as const),
        ['POST', '/statements', { statementId: randomUUID() }],
        ['PUT', '/statements', { statementId: randomUUID(), voidedStatementId: randomUUID() }],
        ['GET', '/statements', { activityId }],
        ['GET', '/activities', { activity: activityId }],
        ['GET', '/activities/profile', { activityId, agent: AGENT }],
        ['GET', '/agents/profile', { agent: AGENT, stateId: 'one' }],
        ['GET', '/about', { version: lrs.version }],
      ]),
  },
  {
    ids: 'XAPI-00325',
    title: 'every parameter of every method is refused in another case',
    check: (lrs) =>
      refused(
        lrs,
        REQUESTS.flatMap(([method, path, query]) =>
          Object.keys(query).flatMap((name) =>
            [name.toUpperCase(), name.charAt(0).toUpperCase() + name.slice(1)].map((wrong) => {
              const { [name]: value, ...others } = query;
              return [method, path, { ...others, [wrong]: value! }] as const;
            }),
          ),
        ),
      ),
  },
  {
    ids: 'COMM-2.3-a',
    title: 'since goes with lists of ids only',
    check: (lrs) =>
      refused(
        lrs,
        DOCUMENTS.flatMap(([path, query]) =>
          ['PUT', 'POST', 'GET', 'DELETE'].map(
            (method) => [method, path, { ...query, since: '2026-01-01T00:00:00Z' }] as const,
          ),
        ),
      ),
  },
  {
    ids: 'XAPI-00012 DATA-2.2-c',
    title: 'an agent in a parameter is judged like one in a statement, on every resource',
    check: (lrs) => {
      const agents = [
        { ...MAN, name: null },
        { ...MAN, name: 5 },
        { Mbox: MAN.mbox },
        { ...MAN, objectType: 'agent' },
        { ...MAN, mail: 'x' },
        { ...MAN, openid: 'http://x.example.com/' },
        { mbox: 'man@example.com' },
        { account: { homePage: 'example.com', name: 'x' } },
        { account: { homePage: 'http://example.com/' } },
        { mbox_sha1sum: 'x' },
      ].map((one) => JSON.stringify(one));
      const twice = `{"mbox":"mailto:a@example.com",${AGENT.slice(1)}`;
      return refused(
        lrs,
        REQUESTS.filter(([, , query]) => query['agent'] !== undefined).flatMap(([method, path, query]) =>
          [...agents, twice].map((agent) => [method, path, { ...query, agent }] as const),
        ),
      );
    },
  },
];

const headers: RequirementCase[] = [
  {
    ids: 'XAPI-00333',
    title: 'answers to every method tell the version, refusals too',
    check: async (lrs) => {
      const all = [
        ...REQUESTS,
        ...REQUESTS.map(([method, path, query]) => [method, path, { ...query, nothing: '1' }] as const),
        ['GET', '/nowhere', {}] as const,
        ['HEAD', '/statements', {}] as const,
      ];
      const silent: unknown[] = [];
      for (const [method, path, query] of all) {
        const answer = await send(lrs, method, path, query);
        if (answer.headers.get('x-experience-api-version') !== lrs.version) silent.push([method, path, answer.status]);
      }
      expect(silent).toEqual([]);
    },
  },
  {
    ids: '9274-4.1.1-a',
    title: 'headers of requests are heeded',
    only: '2.0.0',
    check: async (lrs) => {
      const status = async (answer: Promise<XapiAnswer>) => (await answer).status;
      const post = (headers: Query) => status(lrs.send('POST', '/statements', { body: st(), headers }));
      expect(await post({ authorization: 'Basic !' })).toBe(401);
      expect(await post({ 'content-type': 'text/plain' })).toBe(400);
      expect(await post({ 'content-type': 'application/json; charset=iso-8859-1' })).toBe(400);
      expect(await post({ 'x-experience-api-version': '2.1.0' })).toBe(400);
      const [path, query] = DOCUMENTS[1]!;
      const put = (headers: Query) =>
        status(lrs.send('PUT', path, { query: { ...query, profileId: randomUUID() }, body: {}, headers }));
      expect([await put({ 'if-match': '"0"' }), await put({ 'if-none-match': '*' })]).toEqual([412, 204]);
      for (const encoding of ['identity', 'gzip', 'gzip, br;q=0.5', '*;q=0']) {
        const { json } = await lrs.get({ limit: '1' }, { 'accept-encoding': encoding });
        expect(json['statements']).toEqual([expect.objectContaining({ id: expect.any(String) })]);
      }
    },
  },
  {
    ids: 'XAPI-00125 XAPI-00126',
    title: 'HEAD of one document and of one statement is GET without the body, also when there is none',
    check: async (lrs) => {
      const id = await lrs.store(st());
      for (const [path, query] of DOCUMENTS) await send(lrs, 'PUT', path, query, { 'if-none-match': '*' });
      const missing = { stateId: randomUUID(), profileId: randomUUID() };
      const absent = DOCUMENTS.map(([path, query]) => {
        const name = 'stateId' in query ? 'stateId' : 'profileId';
        return [path, { ...query, [name]: missing[name] }] as const;
      });
      for (const [path, query] of [['/statements', { statementId: id }] as const, ...DOCUMENTS, ...absent]) {
        const [get, head] = [await lrs.send('GET', path, { query }), await lrs.send('HEAD', path, { query })];
        const seen = ({ headers: all }: XapiAnswer) =>
          ['content-type', 'etag', 'last-modified', 'x-experience-api-version'].map((name) => all.get(name));
        expect([path, head.status, head.text, seen(head)]).toEqual([path, get.status, '', seen(get)]);
      }
    },
  },
];

const ACCEPTED: Readonly<Record<string, RegExp>> = {
  '*/*': /^application\/json/,
  'application/json': /^application\/json/,
  'text/plain': /^text\/plain/,
  'text/*': /^text\/plain/,
  'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8': /^text\/html/,
  'text/html;q=0.5, text/plain;q=0.9, */*;q=0.1': /^text\/plain/,
  'text/html;q=0, text/*;q=0.5': /^text\/plain/,
  'application/json;q=0.1, text/html; charset=utf-8; q=0.2': /^text\/html/,
  'image/png': /^application\/json/,
  nonsense: /^application\/json/,
};

const errors: RequirementCase[] = [
  {
    ids: 'COMM-3.2-c',
    title: 'an error comes as JSON, as text or as a page, whichever Accept prefers, and tells its cause',
    check: async (lrs) => {
      for (const [accept, type] of Object.entries(ACCEPTED)) {
        const { status, text, headers: told } = await lrs.get({ limit: '-1' }, { accept });
        expect([accept, status, told.get('content-type')]).toEqual([accept, 400, expect.stringMatching(type)]);
        expect(text).toContain('limit must be a whole number');
        expect(told.get('vary')).toMatch(/\baccept\b/i);
      }
      const { text } = await lrs.get({ '<script>&': '1' }, { accept: 'text/html' });
      expect(text).toContain('&#60;script&#62;&#38; is not a parameter');
      expect(text).not.toContain('<script>');
    },
  },
  {
    ids: 'COMM-3.2-d',
    title: 'what is too large is 413, be it a document or a statement, and is not stored',
    check: async (lrs) => {
      for (const [path, query] of DOCUMENTS) {
        const own = { ...query, ...(query['stateId'] ? { stateId: randomUUID() } : { profileId: randomUUID() }) };
        for (const method of ['PUT', 'POST']) {
          const body = { a: 'x'.repeat(lrs.app.config.maxBodyBytes) };
          const answer = await lrs.send(method, path, { query: own, body, headers: { 'if-none-match': '*' } });
          expect([method, path, answer.status]).toEqual([method, path, 413]);
        }
        expect((await lrs.send('GET', path, { query: own })).status).toBe(404);
      }
    },
  },
];

const tables: RequirementCase[] = [
  {
    ids: 'COMM-2.4-a COMM-2.8-a',
    title: 'a Person and /about have what the text lists, and nothing else',
    check: async (lrs) => {
      const account = { homePage: 'http://example.com/accounts', name: randomUUID() };
      await lrs.store(st({ actor: { account, name: 'Somebody' } }));
      const { json } = await lrs.send('GET', '/agents', { query: { agent: JSON.stringify({ account }) } });
      expect(json).toEqual({ objectType: 'Person', name: ['Somebody'], account: [account] });
      const about = (await lrs.send('GET', '/about')).json;
      expect(Object.keys(about).filter((name) => !['version', 'extensions'].includes(name))).toEqual([]);
      expect(about['version']).toEqual(expect.arrayContaining(['1.0.3', '2.0.0']));
    },
  },
  {
    ids: 'DATA-2.5-a',
    title: 'more is a path of this LRS, little longer than what was asked',
    check: async (lrs) => {
      const registration = randomUUID();
      for (let count = 0; count < 2; count += 1) await lrs.store(st({ context: { registration } }));
      const more = (await lrs.get({ registration, limit: '1' })).json['more'] as string;
      expect(more).toMatch(/^\/xapi\/statements\?/);
      expect(more.length).toBeLessThan(250);
    },
  },
];

export const requests: RequirementCase[] = [...parameters, ...headers, ...errors, ...tables];
