import { jest } from '@jest/globals';
import { ApiKeysService } from '../../modules/access/keys/api-keys.service.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

interface Keys {
  apiKeys: {
    nodes: { id: string }[];
    edges: { cursor: string; node: { id: string } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String) {
  apiKeys(first: $first, after: $after, last: $last, before: $before) {
    nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe('connections', () => {
  let service: TestApp;
  let ids: string[];

  beforeAll(async () => {
    service = await createTestApp();
    const create = 'mutation { createApiKey(input: { name: "k", scopes: [AUTHOR] }) { __typename } }';
    for (let made = 0; made < 24; made += 1) await service.graphql(create);
    ids = (await page({ first: 100 })).nodes.map(({ id }) => id);
  });
  afterAll(() => service.close());

  const page = async (variables: object) =>
    (await service.graphql<Keys>(PAGE, variables as Record<string, unknown>)).data.apiKeys;

  it('give the first 20 unless asked otherwise', async () => {
    const { nodes, pageInfo } = await page({});
    expect(ids).toHaveLength(25);
    expect(nodes.map(({ id }) => id)).toEqual(ids.slice(0, 20));
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it('are walked forwards and backwards without a gap or a repetition', async () => {
    const forwards: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { nodes, pageInfo } = await page({ first: 10, after });
      forwards.push(...nodes.map(({ id }) => id));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    const backwards: string[] = [];
    for (let before: string | null = null, more = true; more;) {
      const { edges, pageInfo } = await page({ last: 10, before });
      backwards.unshift(...edges.map(({ node }) => node.id));
      [before, more] = [pageInfo.startCursor, pageInfo.hasPreviousPage];
    }
    expect(forwards).toEqual(ids);
    expect(backwards).toEqual(ids);
  });

  it('count only when the operation asks for the count', async () => {
    const count = jest.spyOn(service.app.get(ApiKeysService, { strict: false }), 'count');
    await page({ first: 1 });
    expect(count).not.toHaveBeenCalled();
    const { data } = await service.graphql('{ apiKeys(first: 1) { totalCount } }');
    expect(data['apiKeys']).toEqual({ totalCount: 25 });
    expect(count).toHaveBeenCalledTimes(1);
  });
});
