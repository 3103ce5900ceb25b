import { withClient } from '../../src/platform/database/server.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const WHO = '{ viewer { organization { id name } apiKey { id name scopes origin lastUsedAt } } }';
const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    ... on CreateApiKeySuccess { credentials apiKey { id scopes expiresAt } }
    ... on ValidationError { code problems { code path } }
  }
}`;
const REVOKE_KEY = `mutation ($id: ID!) {
  revokeApiKey(id: $id) { ... on RevokeApiKeySuccess { apiKey { revokedAt } } ... on UserError { code path } }
}`;
const CREATE_ORGANIZATION = `mutation ($name: String!) {
  createOrganization(input: { name: $name }) {
    ... on CreateOrganizationSuccess { credentials organization { id name } apiKey { scopes } }
    ... on ValidationError { problems { code path } }
  }
}`;

interface CreatedKey {
  createApiKey: { credentials: string; apiKey: { id: string } };
}

describe('access', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  const createKey = async (scopes: string[], more: object = {}, as = service.adminKey) =>
    (await service.graphql<CreatedKey>(CREATE_KEY, { input: { name: 'test', scopes, ...more } }, as)).data.createApiKey;

  const createOrganization = async (name: string) => {
    type Created = { createOrganization: { credentials: string; organization: { id: string } } };
    return (await service.graphql<Created>(CREATE_ORGANIZATION, { name })).data.createOrganization;
  };

  const status = async (authorization: string | undefined, path = '/graphql') => {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    return fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify({ query: WHO }) });
  };

  describe('credentials', () => {
    it('are known by id and secret', async () => {
      const { data } = await service.graphql(WHO);
      expect(data['viewer']).toMatchObject({
        organization: { id: '00000000-0000-7000-8000-000000000001', name: 'Default organization' },
        apiKey: { id: 'test-admin', scopes: ['ADMIN'], origin: 'CONFIGURATION' },
      });
    });

    it.each([
      ['are missing', undefined],
      ['have a wrong secret', 'Bearer test-admin:another-secret-that-is-long-enough'],
      ['have the id of no key', 'Bearer nobody:a-secret-that-is-only-for-tests'],
      ['have no secret', 'Bearer test-admin'],
      ['have an empty secret', 'Bearer test-admin:'],
      ['have an id that is no id', 'Bearer %00\u00ff:x'],
      ['have another scheme', `Digest ${'test-admin:a-secret-that-is-only-for-tests'}`],
      ['come as Basic outside of /xapi', `Basic ${btoa('test-admin:a-secret-that-is-only-for-tests')}`],
    ])('are refused with 401 when they %s', async (_, authorization) => {
      const answer = await status(authorization);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="lectern"/);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    });

    it('are not asked of health, metrics and preflight requests', async () => {
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${service.url}/metrics`)).status).toBe(200);
      const preflight = { origin: 'https://lms.example.com', 'access-control-request-method': 'POST' };
      expect((await fetch(`${service.url}/graphql`, { method: 'OPTIONS', headers: preflight })).status).toBe(204);
    });

    it('tell when they were last used', async () => {
      const { credentials } = await createKey(['AUTHOR']);
      await service.graphql(WHO, {}, credentials);
      const { data } = await service.graphql<{ viewer: { apiKey: { lastUsedAt: string } } }>(WHO, {}, credentials);
      expect(Date.now() - Date.parse(data.viewer.apiKey.lastUsedAt)).toBeLessThan(10_000);
    });
  });

  describe('a key', () => {
    it('works with the scopes it was made with', async () => {
      const { credentials } = await createKey(['AUTHOR', 'RECORDS_READ']);
      const { data } = await service.graphql(WHO, {}, credentials);
      expect(data['viewer']).toMatchObject({ apiKey: { scopes: ['AUTHOR', 'RECORDS_READ'], origin: 'API' } });
    });

    it.each(['AUTHOR', 'PUBLISH', 'RECORDS_READ', 'STATEMENTS_WRITE'])(
      'with the scope %s alone cannot manage keys and organizations',
      async (scope) => {
        const { credentials } = await createKey([scope]);
        const attempts = [
          service.graphql(CREATE_KEY, { input: { name: 'more', scopes: ['ADMIN'] } }, credentials),
          service.graphql(REVOKE_KEY, { id: 'test-admin' }, credentials),
          service.graphql(CREATE_ORGANIZATION, { name: 'mine' }, credentials),
          service.graphql('{ apiKeys { nodes { id } } }', {}, credentials),
        ];
        for (const { errors } of await Promise.all(attempts)) {
          expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'FORBIDDEN' } })]);
        }
      },
    );

    it('stops working the moment it is revoked, for good', async () => {
      const { credentials, apiKey } = await createKey(['ADMIN']);
      expect((await service.graphql(WHO, {}, credentials)).errors).toBeUndefined();
      const revoked = await service.graphql(REVOKE_KEY, { id: apiKey.id });
      expect(revoked.data['revokeApiKey']).toEqual({ apiKey: { revokedAt: expect.any(String) as string } });
      expect((await status(`Bearer ${credentials}`)).status).toBe(401);
      const again = await service.graphql(REVOKE_KEY, { id: apiKey.id });
      expect(again.data).toEqual(revoked.data);
    });

    it('stops working when it expires', async () => {
      const expiresAt = new Date(Date.now() + 1_500).toISOString();
      const { credentials } = await createKey(['AUTHOR'], { expiresAt });
      expect((await status(`Bearer ${credentials}`)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      expect((await status(`Bearer ${credentials}`)).status).toBe(401);
    });

    it('cannot be made expired, without scopes, with a scope twice or without a name', async () => {
      const expired = { name: 'x', scopes: ['AUTHOR'], expiresAt: '2020-01-01T00:00:00Z' };
      expect((await service.graphql(CREATE_KEY, { input: expired })).data['createApiKey']).toEqual({
        code: 'VALIDATION_FAILED',
        problems: [{ code: 'IN_THE_PAST', path: ['expiresAt'] }],
      });
      for (const [input, problem] of [
        [
          { name: 'x', scopes: [] },
          { code: 'ARRAY_NOT_EMPTY', path: ['scopes'] },
        ],
        [
          { name: 'x', scopes: ['AUTHOR', 'AUTHOR'] },
          { code: 'ARRAY_UNIQUE', path: ['scopes'] },
        ],
        [
          { name: '', scopes: ['AUTHOR'] },
          { code: 'IS_LENGTH', path: ['name'] },
        ],
      ]) {
        const { data } = await service.graphql(CREATE_KEY, { input });
        expect(data['createApiKey']).toEqual({ code: 'VALIDATION_FAILED', problems: [problem] });
      }
    });

    it('of the configuration is replaced there, not revoked here', async () => {
      const { data } = await service.graphql(REVOKE_KEY, { id: 'test-admin' });
      expect(data['revokeApiKey']).toEqual({ code: 'CONFLICT', path: ['id'] });
      expect((await service.graphql(WHO)).errors).toBeUndefined();
    });
  });

  describe('an organization', () => {
    it('comes with its first administrator, who sees nothing of another', async () => {
      const { credentials, organization } = await createOrganization('Second');
      const { data } = await service.graphql(
        `{ organization { id name } apiKeys { totalCount nodes { name } } }`,
        {},
        credentials,
      );
      expect(data).toEqual({
        organization: { id: organization.id, name: 'Second' },
        apiKeys: { totalCount: 1, nodes: [{ name: 'Administrator' }] },
      });
    });

    it('has keys that another cannot tell from ids that do not exist', async () => {
      const { credentials } = await createOrganization('Third');
      const { apiKey, credentials: ours } = await createKey(['AUTHOR']);
      const foreign = await service.graphql(REVOKE_KEY, { id: apiKey.id }, credentials);
      const unknown = await service.graphql(REVOKE_KEY, { id: '01890000-0000-7000-8000-000000000000' }, credentials);
      expect(foreign.data).toEqual({ revokeApiKey: { code: 'NOT_FOUND', path: ['id'] } });
      expect(unknown.data).toEqual(foreign.data);
      expect((await service.graphql(WHO, {}, ours)).errors).toBeUndefined();
    });

    it('is created by administrators of the installation only', async () => {
      const { credentials } = await createOrganization('Fourth');
      const { errors } = await service.graphql(CREATE_ORGANIZATION, { name: 'Fifth' }, credentials);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    });
  });

  it('keeps secrets out of the database and out of the log', async () => {
    const { credentials } = await createKey(['AUTHOR']);
    await service.graphql(WHO, {}, credentials);
    await status(`Bearer ${credentials}x`);
    const [, secret] = credentials.split(':') as [string, string];
    const [, adminSecret] = service.adminKey.split(':') as [string, string];
    const stored = await everythingStored(service.database.ownerUrl);
    expect(stored).toContain(credentials.split(':')[0]);
    for (const kept of [stored, service.logs()]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(adminSecret);
    }
  });
});

/** Every row of every table, as text, seen by the owner. */
async function everythingStored(ownerUrl: string): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const contents: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      contents.push(...rows.map(({ row }) => row));
    }
    return contents.join('\n');
  });
}
