import { getIntrospectionQuery } from 'graphql';
import { createTestApp, type TestApp } from '../support/test-app.js';

describe('limits of an operation', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  /** Posts a body and tells how it was refused. The service must still answer afterwards, and have been quick. */
  const refusal = async (body: string, headers: Record<string, string> = {}) => {
    const began = performance.now();
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${service.adminKey}`, ...headers },
      body,
    });
    const { errors } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
    expect(performance.now() - began).toBeLessThan(2_000);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    return { status: response.status, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
  };
  const refusalOf = (query: string, variables?: object) => refusal(JSON.stringify({ query, variables }));

  it('tells each operation its cost: objects, multiplied by the size of the page', async () => {
    const cost = async (query: string) => (await service.graphql(query)).extensions?.['cost'];
    expect(await cost('{ organization { id name } }')).toEqual({ requested: 1, maximum: 10_000 });
    expect(await cost('{ apiKeys(first: 50) { nodes { id } } }')).toEqual({ requested: 51, maximum: 10_000 });
    expect(await cost('{ apiKeys { edges { node { id } } } }')).toEqual({ requested: 41, maximum: 10_000 });
  });

  it('refuses what costs too much before it runs', async () => {
    const many = Array.from({ length: 99 }, (_, index) => `a${index}: apiKeys(first: 100) { edges { node { id } } }`);
    expect(await refusalOf(`{ ${many.join(' ')} }`)).toEqual({
      status: 400,
      code: 'QUERY_TOO_COSTLY',
      message: 'The operation costs 19899 points. At most 10000 are allowed.',
    });
  });

  it('refuses fragments that multiply one another', async () => {
    const fragments = Array.from(
      { length: 30 },
      (_, index) => `fragment f${index} on Viewer { ...f${index + 1} apiKey { id } ...f${index + 1} }`,
    );
    const query = `{ viewer { ...f0 } } ${fragments.join(' ')} fragment f30 on Viewer { organization { id } }`;
    expect(await refusalOf(query)).toMatchObject({ status: 400, code: 'QUERY_TOO_COSTLY' });
  });

  it('refuses fragments that spread themselves', async () => {
    const query = '{ viewer { ...f } } fragment f on Viewer { ...f }';
    expect(await refusalOf(query)).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  it('refuses nesting beyond the depth limit, and allows what introspection needs', async () => {
    const nested = (depth: number) =>
      `{ __schema { types { ${'ofType { '.repeat(depth)} name ${'} '.repeat(depth)} } } }`;
    expect(await refusalOf(nested(13))).toMatchObject({ status: 400, code: 'QUERY_TOO_DEEP' });
    expect((await refusalOf(nested(12))).code).toBeUndefined();
    expect((await refusalOf(getIntrospectionQuery())).code).toBeUndefined();
  });

  it('refuses a query of 1,000 levels without parsing it', async () => {
    const query = `{ ${'viewer { '.repeat(1_000)} id ${'} '.repeat(1_000)} }`;
    expect(await refusalOf(query)).toMatchObject({ status: 400, code: 'QUERY_TOO_NESTED' });
  });

  it('refuses 100,000 opened brackets, closed or not', async () => {
    for (const bracket of ['{', '[', '(']) {
      expect(await refusalOf(`query q ${bracket.repeat(100_000)}`)).toMatchObject({ status: 400 });
    }
  });

  it('refuses a query of too many tokens', async () => {
    expect(await refusalOf(`{ ${'id '.repeat(5_001)} }`)).toMatchObject({ status: 400, code: 'QUERY_TOO_MANY_TOKENS' });
  });

  it('refuses a query text that is too long, and a body of 10 MB', async () => {
    expect(await refusalOf(`{ viewer(x: "${'x'.repeat(300_000)}") { id } }`)).toMatchObject({ code: 'QUERY_TOO_LONG' });
    expect(await refusalOf(`{ viewer(x: "${'x'.repeat(10_000_000)}") { id } }`)).toMatchObject({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    });
  });

  it('refuses more than 100 aliases', async () => {
    const aliases = Array.from({ length: 101 }, (_, index) => `a${index}: __typename`).join(' ');
    expect(await refusalOf(`{ ${aliases} }`)).toMatchObject({ status: 400, code: 'QUERY_TOO_MANY_ALIASES' });
  });

  it('deals quickly with many fields of one name, whose comparison is quadratic', async () => {
    const { status } = await refusalOf(`{ viewer { ${'apiKey { id } '.repeat(1_200)} } }`);
    expect(status).toBeLessThan(500);
  });

  it('refuses batches', async () => {
    expect(await refusal(JSON.stringify([{ query: '{ __typename }' }]))).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
    });
  });

  it('refuses JSON that is broken', async () => {
    expect(await refusal('{"query": ')).toMatchObject({ status: 400 });
  });

  it('refuses what a page of another site could send without asking: forms, and GET without a header of ours', async () => {
    expect(await refusal('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 400,
    });
    expect(await refusal('{"query":"{__typename}"}', { 'content-type': 'text/plain' })).toMatchObject({ status: 400 });
    const headers = { authorization: `Bearer ${service.adminKey}` };
    expect((await fetch(`${service.url}/graphql?query={__typename}`, { headers })).status).toBe(400);
  });

  it('lets GET read and never change', async () => {
    const headers = { authorization: `Bearer ${service.adminKey}`, 'apollo-require-preflight': 'yes' };
    const get = (query: string) => fetch(`${service.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    expect((await get('{ __typename }')).status).toBe(200);
    expect((await get('mutation { revokeApiKey(id: "x") { __typename } }')).status).toBe(405);
  });

  it('are not switched off by variables and arguments that do not fit', async () => {
    const costly = Array.from({ length: 99 }, (_, index) => `a${index}: apiKeys(first: 100) { edges { node { id } } }`);
    const unfit = `query ($size: Int = 1) { ${costly.join(' ')} last: apiKeys(first: $size) { nodes { id } } }`;
    expect(await refusalOf(unfit, { size: 'many' })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
    expect(await refusalOf(unfit, { size: null })).toMatchObject({ status: 400, code: 'QUERY_TOO_COSTLY' });
  });
});
