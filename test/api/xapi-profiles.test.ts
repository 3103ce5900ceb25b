import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { DocumentsService } from '../../modules/lrs/documents/documents.service.js';
import { termKey } from '../../modules/lrs/xapi/terms.js';
import { withClient } from '../../src/platform/database/server.js';
import { xapi } from '../support/statements.js';
import type { XapiAnswer } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { clusterUrl } from '../support/test-database.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

type Query = Readonly<Record<string, string>>;
interface Sent {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

const newActivity = (): Query => ({ activityId: `http://example.com/activities/${randomUUID()}` });
const newAgent = (): Query => ({ agent: JSON.stringify({ mbox: `mailto:${randomUUID()}@example.com` }) });
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
const errorOf = ({ json }: XapiAnswer) => json['error'] as { code: string; message: string; path: string[] };

const NEW = { 'if-none-match': '*' };

const RESOURCES = [
  ['/activities/profile', newActivity, 'agent'],
  ['/agents/profile', newAgent, 'activityId'],
] as const;

describe.each(RESOURCES.flatMap((resource) => [['1.0.3', ...resource] as const, ['2.0.0', ...resource] as const]))(
  'xAPI %s %s',
  (version, path, newPlace, parameterOfOthers) => {
    const profile = (method: string, query: Query, { headers, ...sent }: Sent = {}): Promise<XapiAnswer> =>
      xapi(app, method, path, { query, headers: { 'x-experience-api-version': version, ...headers }, ...sent });

    it('stores a document, and returns it with its ETag and when it was changed', async () => {
      const address = { ...newPlace(), profileId: 'http://example.com/profile' };
      expect((await profile('PUT', address, { body: '{"a": 1.0}', headers: NEW })).status).toBe(204);
      const found = await profile('GET', address);
      expect([found.status, found.text]).toEqual([200, '{"a": 1.0}']);
      expect(found.headers.get('etag')).toBe(`"${sha1('{"a": 1.0}')}"`);
      expect(found.headers.get('last-modified')).toMatch(/GMT$/);
      const head = await profile('HEAD', address);
      expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', found.headers.get('etag')]);
    });

    it('is a conflict for PUT without a precondition when it is there, with a word on how to go on', async () => {
      const address = { ...newPlace(), profileId: 'p' };
      await profile('PUT', address, { body: '1', headers: NEW });
      const refused = await profile('PUT', address, { body: '2' });
      expect([refused.status, errorOf(refused).code]).toEqual([409, 'CONFLICT']);
      expect(errorOf(refused).message).toContain(`"${sha1('1')}"`);
      expect(errorOf(refused).message).toContain('If-Match');
      expect((await profile('GET', address)).text).toBe('1');
    });

    it('is not made by PUT without a precondition in 1.0.3, and is in 2.0', async () => {
      const address = { ...newPlace(), profileId: 'p' };
      const [put, found] = version === '1.0.3' ? [400, 404] : [204, 200];
      expect((await profile('PUT', address, { body: '1' })).status).toBe(put);
      expect((await profile('GET', address)).status).toBe(found);
    });

    it('honours If-Match and If-None-Match: 412 and no change', async () => {
      const address = { ...newPlace(), profileId: 'p' };
      expect((await profile('PUT', address, { body: '{"a":1}', headers: NEW })).status).toBe(204);
      const refusals: [string, Sent][] = [
        ['PUT', { body: '2', headers: { 'if-none-match': '*' } }],
        ['PUT', { body: '2', headers: { 'if-match': '"other"' } }],
        ['POST', { body: { b: 1 }, headers: { 'if-match': '"other"' } }],
        ['POST', { body: { b: 1 }, headers: { 'if-none-match': '*' } }],
        ['DELETE', { headers: { 'if-match': '"other"' } }],
      ];
      for (const [method, sent] of refusals) {
        const refused = await profile(method, address, sent);
        expect([method, refused.status, errorOf(refused).code]).toEqual([method, 412, 'PRECONDITION_FAILED']);
      }
      expect((await profile('GET', address)).text).toBe('{"a":1}');
      const headers = { 'if-match': `"${sha1('{"a":1}')}"` };
      expect((await profile('PUT', address, { body: '2', headers })).status).toBe(204);
      expect((await profile('GET', address)).text).toBe('2');
    });

    it('merges what is posted, without a precondition, too', async () => {
      const address = { ...newPlace(), profileId: 'p' };
      await profile('POST', address, { body: '{"a":1.0,"b":{"c":1}}' });
      expect((await profile('POST', address, { body: '{"b":{"d":2}}' })).status).toBe(204);
      expect((await profile('GET', address)).text).toBe('{"a":1.0,"b":{"d":2}}');
      const text = { body: 'no JSON', headers: { 'content-type': 'text/plain' } };
      expect((await profile('POST', address, text)).status).toBe(400);
      expect((await profile('GET', address)).text).toBe('{"a":1.0,"b":{"d":2}}');
    });

    it('lists the ids of its place, those changed after since when it is given', async () => {
      const place = newPlace();
      expect((await profile('GET', place)).json).toEqual([]);
      for (const profileId of ['one', 'two'])
        await profile('PUT', { ...place, profileId }, { body: '1', headers: NEW });
      await profile('PUT', { ...newPlace(), profileId: 'elsewhere' }, { body: '1', headers: NEW });
      const list = await profile('GET', place);
      expect([list.status, list.json]).toEqual([200, ['one', 'two']]);
      expect(list.headers.get('etag')).toBe(`"${sha1(list.text)}"`);
      expect(list.headers.get('last-modified')).toMatch(/GMT$/);
      expect((await profile('GET', { ...place, since: '2020-01-01T00:00:00Z' })).json).toEqual(['one', 'two']);
      expect((await profile('GET', { ...place, since: '2120-01-01T00:00:00Z' })).json).toEqual([]);
    });

    it('deletes one document, and never all of a place at once', async () => {
      const place = newPlace();
      for (const profileId of ['one', 'two'])
        await profile('PUT', { ...place, profileId }, { body: '1', headers: NEW });
      const refused = await profile('DELETE', place);
      expect([refused.status, errorOf(refused).path]).toEqual([400, ['profileId']]);
      expect((await profile('DELETE', { ...place, profileId: 'one' })).status).toBe(204);
      expect((await profile('GET', { ...place, profileId: 'one' })).status).toBe(404);
      expect((await profile('GET', place)).json).toEqual(['two']);
    });

    it('refuses parameters that are missing, wrong, or of others', async () => {
      const place = newPlace();
      const [name] = Object.keys(place) as [string];
      const wrong: [Query, string][] = [
        [{ profileId: 'p' }, name],
        [{ [name]: 'nonsense', profileId: 'p' }, name],
        [{ ...place, profileId: 'p', [parameterOfOthers]: 'x' }, parameterOfOthers],
        [{ ...place, profileId: 'p', registration: randomUUID() }, 'registration'],
        [{ ...place, profileId: 'p', since: '2020-01-01T00:00:00Z' }, 'since'],
        [{ ...place, profileid: 'p' }, 'profileid'],
        [{ ...place, stateId: 'p' }, 'stateId'],
      ];
      for (const [query, parameter] of wrong) {
        for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
          const body = method === 'PUT' || method === 'POST' ? { body: {} } : {};
          const answer = await profile(method, query, body);
          expect([query, method, answer.status, errorOf(answer).path]).toEqual([query, method, 400, [parameter]]);
        }
      }
    });
  },
);

describe('documents', () => {
  const place = { ...newActivity(), ...newAgent() };

  async function keyWith(...scopes: string[]): Promise<string> {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "documents", scopes: [${scopes.join(', ')}] }) { ... on CreateApiKeySuccess { credentials } } }`,
    );
    return data.createApiKey.credentials;
  }

  it.each([
    ['STATE', { state: [204, 200], profile: [403, 403] }],
    ['PROFILE', { state: [403, 403], profile: [204, 200] }],
    ['ALL_READ', { state: [403, 200], profile: [403, 200] }],
    ['ALL', { state: [204, 200], profile: [204, 200] }],
    ['STATEMENTS_WRITE, STATEMENTS_READ', { state: [403, 403], profile: [403, 403] }],
  ])('with a key of the scope %s can be written and read as the scope says', async (scope, allowed) => {
    const key = await keyWith(scope);
    const { activityId } = place as { activityId: string };
    const requests = [
      ['/activities/state', { ...place, stateId: scope }, allowed.state],
      ['/activities/profile', { activityId, profileId: scope }, allowed.profile],
    ] as const;
    for (const [path, query, expected] of requests) {
      const written = await xapi(app, 'PUT', path, { query, body: '1', key, headers: NEW });
      const list = await xapi(app, 'GET', path, { query: path.endsWith('state') ? place : { activityId }, key });
      expect([path, written.status, list.status]).toEqual([path, ...expected]);
    }
  });

  it('of other organizations are out of reach', async () => {
    const query = { ...place, stateId: 'mine' };
    await xapi(app, 'PUT', '/activities/state', { query, body: '1' });
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
      `mutation { createOrganization(input: { name: "Others" }) { ... on CreateOrganizationSuccess { credentials } } }`,
    );
    const key = data.createOrganization.credentials;
    expect((await xapi(app, 'GET', '/activities/state', { query, key })).status).toBe(404);
    expect((await xapi(app, 'GET', '/activities/state', { query: place, key })).json).toEqual([]);
    expect((await xapi(app, 'PUT', '/activities/state', { query, key, body: '2' })).status).toBe(204);
    expect((await xapi(app, 'DELETE', '/activities/state', { query: place, key })).status).toBe(204);
    expect((await xapi(app, 'GET', '/activities/state', { query })).text).toBe('1');
  });

  it('of a person can be listed and deleted by other modules, all of them and nothing else', async () => {
    const mbox = `mailto:${randomUUID()}@example.com`;
    const agent = JSON.stringify({ mbox });
    const { activityId } = newActivity() as { activityId: string };
    const registration = randomUUID();
    const documents: [string, Query][] = [
      ['/activities/state', { activityId, agent, registration, stateId: 'nul \u0000' }],
      ['/agents/profile', { agent, profileId: 'settings' }],
    ];
    const others: [string, Query][] = [
      ['/activities/state', { activityId, ...newAgent(), stateId: 'other' }],
      ['/activities/profile', { activityId, profileId: 'p' }],
    ];
    for (const [path, query] of [...documents, ...others])
      await xapi(app, 'PUT', path, { query, body: '[1]', headers: NEW });
    const service = app.app.get(DocumentsService, { strict: false });
    const organizationId = await organizationOf(app);
    const key = termKey('agent', `mbox ${mbox}`);
    const found = { contentType: 'application/json', size: 3, updated: expect.any(Date) as unknown };
    expect(await service.ofAgent(organizationId, key)).toEqual([
      { ...found, id: 'nul \u0000', activityId, registration },
      { ...found, id: 'settings', activityId: undefined, registration: undefined },
    ]);
    expect(await service.deleteOfAgent(organizationId, key, new Date(Date.now() + 1_000))).toBe(2);
    expect(await service.ofAgent(organizationId, key)).toEqual([]);
    for (const [path, query] of documents) expect((await xapi(app, 'GET', path, { query })).status).toBe(404);
    for (const [path, query] of others) expect((await xapi(app, 'GET', path, { query })).status).toBe(200);
  });
});

/** Of the administrator: the only one that had documents before another was made. */
async function organizationOf({ database }: TestApp): Promise<string> {
  return withClient(clusterUrl(new URL(database.ownerUrl).pathname.slice(1)), async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'SELECT organization_id AS id FROM documents GROUP BY organization_id ORDER BY count(*) DESC LIMIT 1',
    );
    return rows[0]!.id;
  });
}
