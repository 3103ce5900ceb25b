import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { ... on CreateApiKeySuccess { credentials } }
}`;
const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

async function keyWith(scopes: string[], more: Json = {}): Promise<string> {
  const input = { name: scopes.join(' '), scopes, ...more };
  const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(CREATE, { input });
  return data.createApiKey.credentials;
}

const AGENT = JSON.stringify({ mbox: 'mailto:learner@example.com' });
const ACTIVITY = 'http://example.com/activities/one';
const PROFILE = { activityId: ACTIVITY, profileId: 'p' };

/** One request for each resource and direction, with which only scopes can be wrong. */
const REQUESTS: Readonly<Record<string, (key: string) => Promise<{ status: number }>>> = {
  'statements write': (key) => xapi(app, 'POST', '/statements', { key, body: minimalStatement() }),
  'statements read': (key) => xapi(app, 'GET', '/statements', { key }),
  'state write': (key) =>
    xapi(app, 'PUT', '/activities/state', {
      key,
      query: { activityId: ACTIVITY, agent: AGENT, stateId: 's' },
      body: {},
    }),
  'state read': (key) => xapi(app, 'GET', '/activities/state', { key, query: { activityId: ACTIVITY, agent: AGENT } }),
  'profile write': (key) => xapi(app, 'POST', '/activities/profile', { key, query: PROFILE, body: {} }),
  'profile read': (key) => xapi(app, 'GET', '/agents/profile', { key, query: { agent: AGENT } }),
  'activities read': (key) => xapi(app, 'GET', '/activities', { key, query: { activityId: ACTIVITY } }),
  'agents read': (key) => xapi(app, 'GET', '/agents', { key, query: { agent: AGENT } }),
};

const READ_ALL = ['statements read', 'state read', 'profile read', 'activities read', 'agents read'];
const WRITE_ALL = ['statements write', 'state write', 'profile write'];

describe('the scope (Comm 4.2)', () => {
  it.each<[string, string[]]>([
    ['STATEMENTS_WRITE', ['statements write']],
    ['STATEMENTS_READ', ['statements read', 'activities read', 'agents read']],
    ['STATEMENTS_READ_MINE', ['statements read']],
    ['STATE', ['state write', 'state read']],
    ['PROFILE', ['profile write', 'profile read', 'activities read', 'agents read']],
    ['DEFINE', ['activities read', 'agents read']],
    ['ALL_READ', READ_ALL],
    ['ALL', [...READ_ALL, ...WRITE_ALL]],
    ['ADMIN', [...READ_ALL, ...WRITE_ALL]],
    ['RECORDS_READ', []],
    ['AUTHOR', []],
  ])('%s allows what the standard says, and no more', async (scope, allowed) => {
    const key = await keyWith([scope]);
    const found: string[] = [];
    for (const [name, request] of Object.entries(REQUESTS)) {
      const { status } = await request(key);
      expect([name, status]).not.toEqual([name, 401]);
      if (status !== 403) found.push(name);
    }
    expect(found.sort()).toEqual([...allowed].sort());
  });

  it('that is missing is named, in the body and in the challenge (RFC 6750 3.1)', async () => {
    const { status, headers, json } = await xapi(app, 'GET', '/statements', { key: await keyWith(['STATE']) });
    expect(status).toBe(403);
    expect(json).toMatchObject({ error: { code: 'FORBIDDEN', message: expect.stringContaining('"statements/read"') } });
    expect(headers.get('www-authenticate')).toBe(
      'Bearer realm="lectern", error="insufficient_scope", scope="statements/read statements/read/mine all/read all"',
    );
    expect(headers.get('x-experience-api-version')).toBe('1.0.3');
  });
});

describe('statements/read/mine', () => {
  const mine = () => keyWith(['STATEMENTS_WRITE', 'STATEMENTS_READ_MINE']);
  const registration = () => randomUUID();
  const idsFor = async (key: string, query: Record<string, string> = {}) => {
    const { json } = await xapi(app, 'GET', '/statements', { key, query });
    return (json['statements'] as Json[]).map((statement) => statement['id']);
  };

  it('shows what the key has sent, latest first, and nothing of others', async () => {
    const [key, other] = [await mine(), await mine()];
    const [first] = await post(app, minimalStatement(), key);
    await post(app, minimalStatement(), other);
    const [second] = await post(app, minimalStatement(), key);
    expect(await idsFor(key)).toEqual([second, first]);
    expect(await idsFor(key, { ascending: 'true' })).toEqual([first, second]);
  });

  it('is no matter of who else is named in a statement: others may name the key, and it is not theirs', async () => {
    const key = await mine();
    const [own] = await post(app, minimalStatement(), key);
    const { authority } = (await xapi(app, 'GET', '/statements', { query: { statementId: own! } })).json;
    await post(app, minimalStatement({ actor: authority, context: { instructor: authority } }));
    expect(await idsFor(key)).toEqual([own]);
    expect(await idsFor(key, { agent: JSON.stringify(authority), related_agents: 'true' })).toEqual([own]);
  });

  it('holds with every filter, over all pages', async () => {
    const key = await mine();
    const context = { registration: registration() };
    const sent = await post(
      app,
      Array.from({ length: 5 }, () => minimalStatement({ context })),
      key,
    );
    await post(
      app,
      Array.from({ length: 5 }, () => minimalStatement({ context })),
    );
    const filters = { registration: context.registration, activity: ACTIVITY, agent: AGENT };
    const pages: string[][] = [];
    let query: string | undefined = new URLSearchParams({ ...filters, limit: '2', ascending: 'true' }).toString();
    while (query !== undefined) {
      const { json } = await xapi(app, 'GET', '/statements', { key, query });
      pages.push((json['statements'] as Json[]).map((statement) => statement['id'] as string));
      const more = json['more'] as string;
      query = more === '' ? undefined : more.slice(more.indexOf('?') + 1);
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(sent);
    expect(await list(app, filters)).toHaveLength(10);
  });

  it('hides single statements of others, voided or not, as if they did not exist', async () => {
    const key = await mine();
    const [own, ownVoided, theirs, theirsVoided] = [
      ...(await post(app, [minimalStatement(), minimalStatement()], key)),
      ...(await post(app, [minimalStatement(), minimalStatement()])),
    ];
    for (const id of [ownVoided, theirsVoided])
      await post(app, minimalStatement({ verb: VOIDED, object: { objectType: 'StatementRef', id } }));
    const statusOf = async (query: Record<string, string>) =>
      (await xapi(app, 'GET', '/statements', { key, query })).status;
    expect(await statusOf({ statementId: own! })).toBe(200);
    expect(await statusOf({ voidedStatementId: ownVoided! })).toBe(200);
    expect(await statusOf({ statementId: theirs! })).toBe(404);
    expect(await statusOf({ voidedStatementId: theirsVoided! })).toBe(404);
  });

  it('shows a statement about one of others, but not that one', async () => {
    const key = await mine();
    const object = { id: `http://example.com/activities/${randomUUID()}` };
    const [theirs] = await post(app, minimalStatement({ object }));
    const [own] = await post(app, minimalStatement({ object: { objectType: 'StatementRef', id: theirs } }), key);
    await post(app, minimalStatement({ object: { objectType: 'StatementRef', id: theirs } }));
    expect(await idsFor(key, { activity: object.id })).toEqual([own]);
  });

  it('is widened by statements/read', async () => {
    const key = await keyWith(['STATEMENTS_READ_MINE', 'STATEMENTS_READ']);
    const [id] = await post(app, minimalStatement());
    expect((await xapi(app, 'GET', '/statements', { key, query: { statementId: id! } })).status).toBe(200);
  });
});

describe('the authority of a statement (Data 2.4.9)', () => {
  const authorityFrom = async (key: string, more: Json = {}) => {
    const [statementId] = await post(app, minimalStatement(more), key);
    return (await xapi(app, 'GET', '/statements', { query: { statementId: statementId! } })).json['authority'];
  };
  const AUTHORITY = { objectType: 'Agent', name: 'Another LRS', mbox: 'mailto:lrs@example.com' };

  it('is the key, with its name, whatever the statement says', async () => {
    const key = await keyWith(['ALL'], { name: 'Our LMS' });
    const account = { homePage: app.url, name: key.split(':')[0] };
    expect(await authorityFrom(key)).toEqual({ objectType: 'Agent', name: 'Our LMS', account });
    expect(await authorityFrom(key, { authority: AUTHORITY })).toMatchObject({ account });
  });

  it('is what the statement says when the key is trusted, and the key when it says nothing', async () => {
    const key = await keyWith(['ALL'], { trusted: true });
    const pair = { objectType: 'Group', member: [{ mbox: 'mailto:a@b.c' }, { openid: 'http://example.com/user' }] };
    expect(await authorityFrom(key, { authority: AUTHORITY })).toEqual(AUTHORITY);
    expect(await authorityFrom(key, { authority: pair })).toEqual(pair);
    expect(await authorityFrom(key)).toMatchObject({ account: { name: key.split(':')[0] } });
    const found = await list(app, { agent: JSON.stringify(AUTHORITY), related_agents: 'true' });
    expect(found).toHaveLength(1);
  });

  it('that a trusted key sends follows the rules: an Agent, or a Group of two', async () => {
    const key = await keyWith(['ALL'], { trusted: true });
    const three = { objectType: 'Group', member: [1, 2, 3].map((n) => ({ mbox: `mailto:${n}@b.c` })) };
    for (const authority of [three, { objectType: 'Group', mbox: 'mailto:a@b.c' }, { name: 'Nobody' }]) {
      const answer = await xapi(app, 'POST', '/statements', { key, body: minimalStatement({ authority }) });
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ error: { path: expect.arrayContaining(['authority']) } });
    }
  });
});
