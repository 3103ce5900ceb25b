import { createClient, type Client, type ExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { withClient } from '../../src/platform/database/server.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const PACKAGE = '01890000-0000-7000-8000-0000000000aa';
const PROGRESS = `subscription { packageProgress(id: "${PACKAGE}") { progress } }`;

describe('GraphQL by WebSocket', () => {
  let service: TestApp;
  const clients: Client[] = [];

  beforeAll(async () => {
    service = await createTestApp();
    await sql(`INSERT INTO packages (organization_id, id, version_id, format, options, file_name, recipe, build_key, status)
      VALUES ('00000000-0000-7000-8000-000000000001', '${PACKAGE}', '${PACKAGE}', 'SCORM_1_2', '{}', 'x.zip', 'r', 'b', 'RUNNING')`);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.dispose();
  });
  afterAll(() => service.close());

  const connect = (authorization: string | undefined) => {
    const url = `${service.url.replace('http', 'ws')}/graphql`;
    const connectionParams = authorization === undefined ? {} : { authorization };
    const client = createClient({ url, connectionParams, webSocketImpl: WebSocket, retryAttempts: 0 });
    clients.push(client);
    return client;
  };
  const asAdministrator = () => connect(`Bearer ${service.adminKey}`);

  /** As the owner of the database, without the course that the package would be of. */
  const sql = (text: string) =>
    withClient(service.database.ownerUrl, (client) => client.query(`SET session_replication_role = replica; ${text}`));

  const setProgress = (percent: number) =>
    sql(`UPDATE packages SET progress = ${percent};
      SELECT pg_notify('lectern', json_build_object('topic', 'package ${PACKAGE}', 'payload', null)::text)`);

  const first = async (client: Client, query: string): Promise<ExecutionResult> => {
    for await (const result of client.iterate({ query })) return result as ExecutionResult;
    throw new Error('There was no result.');
  };

  it('follows a state: as it is now, and after each change', async () => {
    const results = asAdministrator().iterate({ query: PROGRESS });
    expect((await results.next()).value).toEqual({ data: { packageProgress: { progress: 0 } } });
    await setProgress(40);
    expect((await results.next()).value).toEqual({ data: { packageProgress: { progress: 40 } } });
    await results.return!();
  });

  it.each([
    ['none', undefined],
    ['a wrong one', 'Bearer test-admin:not-the-secret-of-this-key'],
    ['Basic credentials', `Basic ${btoa('test-admin:a-secret-that-is-only-for-tests')}`],
  ])('wants a key: with %s the socket is closed', async (_, authorization) => {
    await expect(first(connect(authorization), '{ __typename }')).rejects.toMatchObject({ code: 4403 });
  });

  it('closes the socket of a key that is revoked, before it gets another result', async () => {
    const { data } = await service.graphql<{ createApiKey: { credentials: string; apiKey: { id: string } } }>(
      `mutation { createApiKey(input: { name: "listener", scopes: [AUTHOR] }) {
        ... on CreateApiKeySuccess { credentials apiKey { id } } } }`,
    );
    const { credentials, apiKey } = data.createApiKey;
    const results = connect(`Bearer ${credentials}`).iterate({ query: PROGRESS });
    await results.next();
    await service.graphql(`mutation { revokeApiKey(id: "${apiKey.id}") { __typename } }`);
    await setProgress(60);
    await expect(results.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('keeps the limits', async () => {
    const deep = `{ ${'viewer { '.repeat(200)} id ${'} '.repeat(200)} }`;
    await expect(first(asAdministrator(), deep)).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_NESTED' } }]);
    const many = Array.from({ length: 99 }, (_, index) => `a${index}: apiKeys(first: 100) { edges { node { id } } }`);
    await expect(first(asAdministrator(), `{ ${many.join(' ')} }`)).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_COSTLY' } },
    ]);
  });

  it('serves 100 operations of a socket at a time, and more when some of them have ended', async () => {
    const client = asAdministrator();
    const running = Array.from({ length: 100 }, () => client.iterate({ query: PROGRESS }));
    await Promise.all(running.map((results) => results.next()));
    const refused = [{ extensions: { code: 'TOO_MANY_OPERATIONS', limit: 100 } }];
    await expect(first(client, '{ __typename }')).rejects.toMatchObject(refused);
    await running[0]!.return!();
    expect(await first(client, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it('names what is wrong with an operation', async () => {
    for (const [query, code] of [
      ['subscription {', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ] as const) {
      await expect(first(asAdministrator(), query)).rejects.toMatchObject([{ extensions: { code } }]);
    }
  });

  it('does not tell a package of nobody from that of another organization', async () => {
    const { data } = await service.graphql<{ createOrganization: { credentials: string } }>(
      'mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }',
    );
    const result = await first(connect(`Bearer ${data.createOrganization.credentials}`), PROGRESS);
    expect(result.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('serves no other address', async () => {
    const socket = new WebSocket(`${service.url.replace('http', 'ws')}/graphqlx`, 'graphql-transport-ws');
    const [error] = (await new Promise<Error[]>((resolve) => socket.on('error', (...reasons) => resolve(reasons)))) as [
      Error,
    ];
    expect(error.message).toContain('404');
  });
});
