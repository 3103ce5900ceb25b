import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { AccessService, DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { list, minimalStatement, PlayerVoice, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';

let app: TestApp;
let otherTenantsKey: string;

beforeAll(async () => {
  app = await createTestApp();
  const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
    `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`,
  );
  otherTenantsKey = data.createOrganization.credentials;
});
afterAll(() => app.close());

async function keyWith(scope: string): Promise<string> {
  const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
    `mutation { createApiKey(input: { name: "${scope}", scopes: [${scope}] }) { ... on CreateApiKeySuccess { credentials } } }`,
  );
  return data.createApiKey.credentials;
}

const statusOf = async (
  key: string,
  method: string,
  request: { query?: Readonly<Record<string, string>>; body?: unknown } = {},
) => (await xapi(app, method, '/statements', { ...request, key })).status;

describe('scopes', () => {
  it('STATEMENTS_WRITE adds and does not read, STATEMENTS_READ reads and does not add, AUTHOR does neither (Comm 3.2)', async () => {
    const [writer, reader, author] = [
      await keyWith('STATEMENTS_WRITE'),
      await keyWith('STATEMENTS_READ'),
      await keyWith('AUTHOR'),
    ];
    const statement = () => ({ body: minimalStatement() });
    expect([await statusOf(writer, 'POST', statement()), await statusOf(writer, 'GET')]).toEqual([200, 403]);
    expect([await statusOf(reader, 'POST', statement()), await statusOf(reader, 'GET')]).toEqual([403, 200]);
    expect([await statusOf(author, 'POST', statement()), await statusOf(author, 'GET')]).toEqual([403, 403]);
  });
});

describe('organizations', () => {
  it('do not see the statements of one another, and may use the same ids', async () => {
    const statement = minimalStatement({ id: randomUUID(), object: { id: `urn:own:${randomUUID()}` } });
    const query = { activity: (statement['object'] as Json)['id'] as string };
    await post(app, statement);
    expect(await statusOf(otherTenantsKey, 'GET', { query: { statementId: statement['id'] as string } })).toBe(404);
    expect((await xapi(app, 'GET', '/statements', { query, key: otherTenantsKey })).json['statements']).toEqual([]);
    await post(app, { ...statement, result: { success: true } }, otherTenantsKey);
    expect(await list(app, query)).toEqual([expect.not.objectContaining({ result: expect.anything() })]);
  });

  it('do not void the statements of one another, nor see their learners', async () => {
    const voice = new PlayerVoice(randomUUID(), 'private');
    const begun = voice.say('initialized');
    await post(app, begun);
    const voiding = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: begun['id'] },
    };
    await post(app, minimalStatement(voiding), otherTenantsKey);
    expect(await statusOf(app.adminKey, 'GET', { query: { statementId: begun['id'] as string } })).toBe(200);
    const { data } = await app.graphql('{ learnerRecords { totalCount } }', {}, otherTenantsKey);
    expect(data).toEqual({ learnerRecords: { totalCount: 0 } });
  });
});

describe('the key of a package', () => {
  const courseId = randomUUID();
  const secret = randomBytes(24).toString('hex');
  const key = `package-key:${secret}`;
  const voice = new PlayerVoice(courseId, 'learner');

  beforeAll(() =>
    app.app.get(AccessService).issuePackageKey({
      organizationId: DEFAULT_ORGANIZATION_ID,
      courseId,
      keyId: 'package-key',
      secret,
      expiresAt: new Date(Date.now() + 60_000),
    }),
  );

  it('adds statements about its course and what belongs to it', async () => {
    expect(
      await statusOf(key, 'POST', {
        body: [voice.say('initialized'), voice.say('experienced', { element: randomUUID() })],
      }),
    ).toBe(200);
  });

  it.each<[string, Json]>([
    ['another course', new PlayerVoice(randomUUID(), 'x').say('initialized')],
    [
      'an activity whose id only begins alike',
      { ...voice.say('initialized'), object: { id: `urn:lectern:course:${courseId}0` } },
    ],
    ['an activity of others', minimalStatement()],
    ['a person', minimalStatement({ object: { objectType: 'Agent', mbox: 'mailto:a@b.c' } })],
    [
      'a statement, to void it',
      minimalStatement({
        verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
        object: { objectType: 'StatementRef', id: randomUUID() },
      }),
    ],
    [
      'a SubStatement',
      minimalStatement({ object: { ...voice.say('passed'), objectType: 'SubStatement', id: undefined } }),
    ],
  ])('adds none about %s, nor what comes with them', async (_, statement) => {
    const good = voice.say('progressed');
    expect(await statusOf(key, 'POST', { body: [good, statement] })).toBe(403);
    expect(await statusOf(app.adminKey, 'GET', { query: { statementId: good['id'] as string } })).toBe(404);
  });

  it('reads nothing', async () => {
    expect(await statusOf(key, 'GET')).toBe(403);
    const { errors } = await app.graphql('{ learnerRecords { totalCount } }', {}, key);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
