import { withClient } from '../../src/platform/database/server.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    __typename
    ... on UserError { code message path }
    ... on ValidationError { problems { code message path severity } }
  }
}`;

describe('errors of GraphQL', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  it('list every broken rule of an input in the result union, each with code and path', async () => {
    const { data, errors } = await service.graphql(CREATE_KEY, { input: { name: '', scopes: [] } });
    expect(errors).toBeUndefined();
    expect(data['createApiKey']).toMatchObject({
      __typename: 'ValidationError',
      code: 'VALIDATION_FAILED',
      problems: [
        { code: 'IS_LENGTH', path: ['name'], severity: 'ERROR' },
        { code: 'ARRAY_NOT_EMPTY', path: ['scopes'], severity: 'ERROR' },
      ],
    });
  });

  it('list them as BAD_USER_INPUT where the result is no union', async () => {
    for (const [page, path] of [
      ['first: 0', 'first'],
      ['first: 101', 'first'],
      ['last: 101', 'last'],
      ['first: 1, last: 1', 'first'],
      ['after: "no cursor"', 'after'],
    ] as const) {
      const { errors } = await service.graphql(`{ apiKeys(${page}) { nodes { id } } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', problems: [{ path: [path] }] } }]);
    }
  });

  it('say so when text has a character that the database cannot hold', async () => {
    const { data } = await service.graphql(CREATE_KEY, { input: { name: 'a\u0000b', scopes: ['AUTHOR'] } });
    expect(data['createApiKey']).toMatchObject({ problems: [{ code: 'NUL_CHARACTER', path: ['input', 'name'] }] });
  });

  it('name what does not fit the schema', async () => {
    const { errors } = await service.graphql(CREATE_KEY, { input: { name: 1, scopes: ['NOBODY'], more: true } });
    expect(errors!.length).toBeGreaterThan(1);
    for (const { extensions } of errors!) expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('hide the unexpected behind an id by which the log has all of it', async () => {
    await withClient(service.database.ownerUrl, (client) => client.query('ALTER TABLE organizations RENAME TO gone'));
    try {
      const { errors } = await service.graphql('{ organization { id } }');
      const { errorId } = errors![0]!.extensions as { errorId: string };
      expect(errors).toMatchObject([{ path: ['organization'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
      expect(JSON.stringify(errors)).not.toMatch(/organizations|relation|SELECT|node_modules/);
      const line = service
        .logs()
        .split('\n')
        .find((text) => text.includes(errorId) && text.includes('"error"'));
      expect(line).toContain('relation \\"organizations\\" does not exist');
    } finally {
      await withClient(service.database.ownerUrl, (client) => client.query('ALTER TABLE gone RENAME TO organizations'));
    }
  });
});
