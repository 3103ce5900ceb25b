/** HEAD, agents, activities, /about, errors, versions, credentials, the alternate syntax. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { withClient } from '../../../src/platform/database/server.js';
import type { Json } from '../../support/statements.js';
import { ACTIVITY, MAN, st, VERB, withObject } from '../fixtures.js';
import type { Lrs, Query, RequirementCase } from '../lrs.js';

const AGENT = JSON.stringify(MAN);
const person = async (lrs: Lrs, agent: Json) =>
  (await lrs.send('GET', '/agents', { query: { agent: JSON.stringify(agent) } })).json;

/** Every resource with parameters that it takes. */
const RESOURCES: readonly (readonly [path: string, query: Query])[] = [
  ['/statements', { limit: '1' }],
  ['/activities', { activityId: ACTIVITY.id }],
  ['/activities/profile', { activityId: ACTIVITY.id }],
  ['/activities/state', { activityId: ACTIVITY.id, agent: AGENT }],
  ['/agents', { agent: AGENT }],
  ['/agents/profile', { agent: AGENT }],
  ['/about', {}],
];
const ofPerson = (ids: string, title: string, agent: Json, expected: Json): RequirementCase => ({
  ids,
  title,
  check: async (lrs) => expect(await person(lrs, agent)).toMatchObject({ objectType: 'Person', ...expected }),
});
const account = { homePage: 'http://example.com/accounts', name: 'somebody' };

const asOwner = (lrs: Lrs, sql: string) => withClient(lrs.app.database.ownerUrl, (client) => client.query(sql));

export const resources: RequirementCase[] = [
  {
    ids: 'XAPI-00125 XAPI-00126',
    title: 'HEAD is GET without the body, on every resource',
    check: async (lrs) => {
      await lrs.store(st());
      for (const [path, query] of RESOURCES) {
        const [get, head] = [await lrs.send('GET', path, { query }), await lrs.send('HEAD', path, { query })];
        const seen = ({ headers }: typeof get) =>
          ['content-type', 'content-length', 'etag', 'last-modified', 'x-experience-api-version'].map((name) =>
            headers.get(name),
          );
        expect([path, head.status, head.text, seen(head)]).toEqual([path, get.status, '', seen(get)]);
        expect(get.status).toBe(200);
      }
      const [get, head] = [
        await lrs.get({ statementId: 'x' }),
        await lrs.send('HEAD', '/statements', { query: { statementId: 'x' } }),
      ];
      expect([head.status, head.text]).toEqual([get.status, '']);
    },
  },
  ofPerson(
    'XAPI-00236 XAPI-00237 XAPI-00245 XAPI-00248',
    'GET /agents answers a Person, also of somebody unknown',
    { mbox: `mailto:${randomUUID()}@example.com` },
    {},
  ),
  {
    ids: 'XAPI-00238',
    title: 'the names of a Person are those that were seen',
    check: async (lrs) => {
      const mbox = `mailto:${randomUUID()}@example.com`;
      await lrs.store(st({ actor: { mbox, name: 'One' } }));
      await lrs.store(st({ actor: { mbox, name: 'Two' } }));
      expect([...((await person(lrs, { mbox }))['name'] as string[])].sort()).toEqual(['One', 'Two']);
    },
  },
  ofPerson('XAPI-00239 XAPI-00244', 'mbox of a Person is a list', MAN, { mbox: [MAN.mbox] }),
  ofPerson(
    'XAPI-00240',
    'mbox_sha1sum of a Person is a list',
    { mbox_sha1sum: 'a'.repeat(40) },
    { mbox_sha1sum: ['a'.repeat(40)] },
  ),
  ofPerson(
    'XAPI-00241',
    'openid of a Person is a list',
    { openid: 'http://x.example.com/' },
    { openid: ['http://x.example.com/'] },
  ),
  ofPerson('XAPI-00242', 'account of a Person is a list', { account }, { account: [account] }),
  {
    ids: 'XAPI-00243 XAPI-00249',
    title: 'GET /agents needs an Agent',
    check: async (lrs) => {
      for (const query of [{}, { agent: 'x' }, { agent: '{}' }, { agent: '{"mbox":5}' }, { agent: AGENT, name: 'x' }]) {
        expect((await lrs.send('GET', '/agents', { query: query as Query })).status).toBe(400);
      }
    },
  },
  {
    ids: 'XAPI-00250',
    title: 'GET /activities needs an IRI',
    check: async (lrs) => {
      for (const query of [{}, { activityId: 'x' }, { activityId: '' }]) {
        expect((await lrs.send('GET', '/activities', { query: query as Query })).status).toBe(400);
      }
    },
  },
  {
    ids: 'XAPI-00251 XAPI-00252 XAPI-00253 XAPI-00254',
    title: 'an activity has what all statements tell of it',
    check: async (lrs) => {
      const id = `urn:activity:${randomUUID()}`;
      await lrs.store(withObject({ id, definition: { name: { en: 'Course' }, type: 'urn:type:course' } }));
      await lrs.store(withObject({ id, definition: { name: { de: 'Kurs' }, description: { en: 'About' } } }));
      expect((await lrs.send('GET', '/activities', { query: { activityId: id } })).json).toMatchObject({
        objectType: 'Activity',
        id,
        definition: { name: { en: 'Course', de: 'Kurs' }, description: { en: 'About' }, type: 'urn:type:course' },
      });
    },
  },
  {
    ids: '9274-4.1.6.4-a',
    title: 'an activity that is not known is answered',
    check: async (lrs) => {
      const activityId = `urn:activity:${randomUUID()}`;
      const { status, json } = await lrs.send('GET', '/activities', { query: { activityId } });
      expect([status, json['id']]).toEqual([200, activityId]);
    },
  },
  {
    ids: 'XAPI-00315 XAPI-00316 XAPI-00317 XAPI-00318 XAPI-00319',
    title: '/about names the versions',
    check: async (lrs) => {
      const { status, json } = await lrs.send('GET', '/about', { key: null });
      expect([status, json['version']]).toEqual([200, expect.arrayContaining([lrs.version])]);
      expect((json['version'] as unknown[]).every((version) => /^(1|2)\.0\.\d$/.test(String(version)))).toBe(true);
    },
  },
  {
    ids: 'XAPI-00321 XAPI-00331',
    title: 'every resource but /about needs a version that is served',
    check: async (lrs) => {
      for (const version of ['', '0.95', '1.1.0', '2.1.0', '3.0', 'x']) {
        for (const [path, query] of RESOURCES) {
          const { status } = await lrs.send('GET', path, { query, headers: { 'x-experience-api-version': version } });
          expect([path, version, status]).toEqual([path, version, path === '/about' ? 200 : 400]);
        }
      }
    },
  },
  {
    ids: '9274-4.1.7-a',
    title: '2.0 is 2.0.0, and later and earlier ones are refused',
    only: '2.0.0',
    check: async (lrs) => {
      const answers = await Promise.all(
        ['2.0', '2.0.0', '2.0.8', '2.1.0', '0.9'].map((version) =>
          lrs.get({ limit: '1' }, { 'x-experience-api-version': version }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400]);
      expect(answers.slice(0, 3).every(({ headers }) => headers.get('x-experience-api-version') === '2.0.0')).toBe(
        true,
      );
    },
  },
  {
    ids: 'XAPI-00323',
    title: 'what is wrong is told by the statuses of the text, with a reason',
    check: async (lrs) => {
      const answers = await Promise.all([
        lrs.get({ limit: 'x' }),
        lrs.get({ limit: '1' }).then(() => lrs.send('GET', '/statements', { key: null })),
        lrs.get({ statementId: randomUUID() }),
        lrs.send('PUT', '/statements', { body: st() }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([400, 401, 404, 400]);
      for (const { json } of answers) {
        expect(json['error']).toEqual(
          expect.objectContaining({
            code: expect.any(String),
            message: expect.any(String),
            requestId: expect.any(String),
          }),
        );
      }
    },
  },
  {
    ids: 'XAPI-00324',
    title: 'parameters that are not known are refused',
    check: async (lrs) => {
      for (const [path, query] of RESOURCES) {
        const { status, json } = await lrs.send('GET', path, { query: { ...query, nothing: '1' } });
        expect([path, status, json['error']]).toEqual([path, 400, expect.objectContaining({ path: ['nothing'] })]);
      }
      expect((await lrs.send('POST', '/statements', { query: { statementId: randomUUID() }, body: st() })).status).toBe(
        400,
      );
    },
  },
  {
    ids: 'XAPI-00325',
    title: 'parameters in another case are refused',
    check: async (lrs) => {
      for (const [path, query] of RESOURCES) {
        for (const name of Object.keys(query)) {
          const { [name]: value, ...others } = query;
          const wrong = { ...others, [name.charAt(0).toUpperCase() + name.slice(1)]: value! };
          expect([path, name, (await lrs.send('GET', path, { query: wrong })).status]).toEqual([path, name, 400]);
        }
      }
    },
  },
  {
    ids: 'XAPI-00326',
    title: 'a batch is stored as a whole or not at all',
    check: async (lrs) => {
      const id = randomUUID();
      const { status } = await lrs.send('POST', '/statements', { body: [st({ id }), st({ verb: {} })] });
      expect([status, (await lrs.get({ statementId: id })).status]).toEqual([400, 404]);
    },
  },
  {
    ids: 'XAPI-00327',
    title: 'what the credentials do not allow is 403',
    check: async (lrs) => {
      const { data } = await lrs.app.graphql<{ createApiKey: { credentials: string } }>(
        'mutation { createApiKey(input: { name: "reader", scopes: [STATEMENTS_READ] }) { ... on CreateApiKeySuccess { credentials } } }',
      );
      const key = data.createApiKey.credentials;
      expect((await lrs.send('POST', '/statements', { body: st(), key })).status).toBe(403);
      expect((await lrs.send('GET', '/statements', { key })).status).toBe(200);
    },
  },
  {
    ids: 'XAPI-00328',
    title: 'what is too large is 413, and is not stored',
    check: async (lrs) => {
      const id = randomUUID();
      const large = st({ id, result: { response: 'x'.repeat(lrs.app.config.maxStatementsBytes) } });
      const { status } = await lrs.send('PUT', '/statements', { query: { statementId: id }, body: large });
      expect([status, (await lrs.get({ statementId: id })).status]).toEqual([413, 404]);
    },
  },
  {
    ids: 'XAPI-00329',
    title: 'a failure of the server is 500, and tells nothing of it',
    check: async (lrs) => {
      await asOwner(lrs, 'ALTER TABLE statements RENAME TO statements_elsewhere');
      try {
        const { status, json } = await lrs.get({ statementId: randomUUID() });
        expect([status, (json['error'] as Json)['code']]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
        expect(JSON.stringify(json)).not.toMatch(/relation|statements/);
      } finally {
        await asOwner(lrs, 'ALTER TABLE statements_elsewhere RENAME TO statements');
      }
    },
  },
  {
    ids: 'XAPI-00330 XAPI-00332',
    title: 'a statement keeps the version that it came with',
    check: async (lrs) => {
      for (const version of ['1.0.0', '1.0.1', ...(lrs.version === '2.0.0' ? ['2.0.0', '2.0.1'] : [])]) {
        expect(await lrs.read(await lrs.store(st({ version })))).toMatchObject({ version, verb: st()['verb'] });
      }
    },
  },
  {
    ids: '9274-4.2.4.3-b',
    title: 'a statement without a version is of 2.0.0',
    only: '2.0.0',
    check: async (lrs) => expect(await lrs.read(await lrs.store(st()))).toMatchObject({ version: '2.0.0' }),
  },
  {
    ids: 'XAPI-00333',
    title: 'every answer tells the latest patch of the version',
    check: async (lrs) => {
      for (const [path, query] of RESOURCES) {
        for (const key of [lrs.app.adminKey, null]) {
          const { headers } = await lrs.send('GET', path, { query, key });
          expect(headers.get('x-experience-api-version')).toBe(lrs.version);
        }
      }
    },
  },
  {
    ids: 'XAPI-00334',
    title: 'wrong and missing credentials are 401',
    check: async (lrs) => {
      for (const [path, query] of RESOURCES.filter(([name]) => name !== '/about')) {
        for (const key of [null, 'nobody:knows', `${lrs.app.adminKey}x`]) {
          expect([path, (await lrs.send('GET', path, { query, key })).status]).toEqual([path, 401]);
        }
      }
    },
  },
  {
    ids: 'XAPI-00335',
    title: 'HTTP Basic is taken',
    check: async (lrs) => {
      const authorization = `Basic ${Buffer.from(lrs.app.adminKey).toString('base64')}`;
      expect((await lrs.send('GET', '/statements', { key: null, headers: { authorization } })).status).toBe(200);
    },
  },
  {
    ids: 'XAPI-00148 XAPI-00336',
    title: 'a POST with method stands for another request',
    only: '1.0.3',
    check: async (lrs) => {
      const statementId = randomUUID();
      const form = (fields: Query) => ({
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      const put = await lrs.send('POST', '/statements', {
        query: { method: 'PUT' },
        ...form({ statementId, content: JSON.stringify(st({ verb: VERB })) }),
      });
      const got = await lrs.send('POST', '/statements', { query: { method: 'GET' }, ...form({ statementId }) });
      expect([put.status, got.status, got.json['id']]).toEqual([204, 200, statementId]);
      expect(
        (await lrs.send('POST', '/statements', { query: { method: 'GET', limit: '1' }, ...form({}) })).status,
      ).toBe(400);
    },
  },
  {
    ids: '9274-5.1-a',
    title: 'method is a parameter that nobody knows',
    only: '2.0.0',
    check: async (lrs) => {
      const answer = await lrs.send('POST', '/statements', {
        query: { method: 'GET' },
        body: 'limit=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(answer.status).toBe(400);
    },
  },
];
