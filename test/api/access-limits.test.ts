import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { JsonLogger } from '../../src/platform/logging/json-logger.js';
import { startService } from '../../src/service.js';
import type { Service } from '../../src/service.js';
import { sqlDuring } from '../support/sql-count.js';
import { ADMIN_KEY, createTestApp, serviceAt } from '../support/test-app.js';
import type { ServiceUnderTest, TestApp } from '../support/test-app.js';

const CREATE = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { ... on CreateApiKeySuccess { credentials apiKey { id revision } } }
}`;
const UPDATE = `mutation ($input: UpdateApiKeyInput!) {
  updateApiKey(input: $input) {
    ... on UpdateApiKeySuccess { apiKey { revision name scopes requestsPerMinute trusted expiresAt } }
    ... on UserError { code path }
  }
}`;

interface Created {
  createApiKey: { credentials: string; apiKey: { id: string; revision: number } };
}

/** Two processes of one service: each has caches of its own. */
let app: TestApp;
let another: Service;
let other: ServiceUnderTest;

beforeAll(async () => {
  app = await createTestApp();
  const config = loadConfig({
    PORT: '0',
    DATA_DIR: app.config.dataDirectory,
    DATABASE_URL: app.database.ownerUrl,
    LECTERN_API_KEY: ADMIN_KEY,
    LECTERN_SECRET: 'an-installation-secret-for-tests-only',
    RATE_LIMIT_PER_MINUTE: '1000000',
  });
  another = await startService(config, new JsonLogger('silent'), () => undefined);
  other = serviceAt(another.url);
}, 120_000);
afterAll(async () => {
  await another.close();
  await app.close();
});

async function create(input: object = {}): Promise<Created['createApiKey']> {
  const about = { name: 'limited', scopes: ['ALL', 'RECORDS_READ'], ...input };
  return (await app.graphql<Created>(CREATE, { input: about })).data.createApiKey;
}

const read = (key: string, at: ServiceUnderTest = app): Promise<Response> =>
  fetch(`${at.url}/xapi/statements?limit=1`, {
    headers: { authorization: `Bearer ${key}`, 'x-experience-api-version': '1.0.3' },
  });

describe('the limit of a key', () => {
  it('is exact over several processes, and says when to ask again', async () => {
    const { credentials } = await create({ requestsPerMinute: 10 });
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, request) => read(credentials, request % 2 === 0 ? app : other)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    const { headers } = refused[0]!;
    expect(await refused[0]!.json()).toMatchObject({ error: { code: 'RATE_LIMITED' } });
    const wait = Number(headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(headers.get('ratelimit-policy')).toBe('10;w=60');
    expect(headers.get('ratelimit-remaining')).toBe('0');
    expect(headers.get('x-experience-api-version')).toBe('1.0.3');
  });

  it('counts requests to /xapi and to /graphql together, and tells what is left', async () => {
    const { credentials } = await create({ requestsPerMinute: 3 });
    expect((await read(credentials)).headers.get('ratelimit-remaining')).toBe('2');
    expect((await other.graphql('{ viewer { scopes } }', {}, credentials)).errors).toBeUndefined();
    expect((await read(credentials, other)).headers.get('ratelimit-remaining')).toBe('0');
    const { errors } = await app.graphql('{ viewer { scopes } }', {}, credentials);
    expect(errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });

  it('costs nothing where there is none, and nothing is said of it', async () => {
    const { credentials } = await create();
    const { status, headers } = await read(credentials);
    expect([status, headers.get('ratelimit-limit')]).toEqual([200, null]);
  });

  it('is that of the configuration for keys without one', async () => {
    const { credentials } = await create();
    expect((await read(credentials, other)).headers.get('ratelimit-limit')).toBe('1000000');
  });
});

describe('a key', () => {
  it('can be changed, at once for all processes', async () => {
    const { credentials, apiKey } = await create();
    expect((await read(credentials, other)).status).toBe(200);
    const change = {
      id: apiKey.id,
      expectedRevision: apiKey.revision,
      scopes: ['STATE'],
      requestsPerMinute: 5,
      name: 'n',
    };
    const { data } = await app.graphql(UPDATE, { input: change });
    expect(data['updateApiKey']).toEqual({
      apiKey: { revision: 2, name: 'n', scopes: ['STATE'], requestsPerMinute: 5, trusted: false, expiresAt: null },
    });
    await untilAnswered(403, credentials, other);
    const stale = await app.graphql(UPDATE, { input: { id: apiKey.id, expectedRevision: 1, name: 'stale' } });
    expect(stale.data['updateApiKey']).toEqual({ code: 'REVISION_CONFLICT', path: ['expectedRevision'] });
    const lifted = await app.graphql(UPDATE, {
      input: { id: apiKey.id, expectedRevision: 2, requestsPerMinute: null },
    });
    expect(lifted.data['updateApiKey']).toMatchObject({ apiKey: { name: 'n', requestsPerMinute: null } });
  });

  it('that is revoked stops working at once in all processes', async () => {
    const { credentials, apiKey } = await create();
    expect((await read(credentials, other)).status).toBe(200);
    await app.graphql('mutation ($id: ID!) { revokeApiKey(id: $id) { __typename } }', { id: apiKey.id });
    await untilAnswered(401, credentials, other);
  });

  it('of the configuration cannot be changed here', async () => {
    const { data } = await app.graphql(UPDATE, { input: { id: 'test-admin', expectedRevision: 1, trusted: true } });
    expect(data['updateApiKey']).toEqual({ code: 'CONFLICT', path: ['id'] });
  });
});

describe('credentials that somebody makes up', () => {
  it('in any number do not keep those that are known from being answered', async () => {
    const { credentials } = await create();
    await read(credentials);
    const guesses = Array.from({ length: 150 }, (_, guess) => read(`nobody-${guess}:secret`));
    expect((await read(credentials)).status).toBe(200);
    const statuses = new Set((await Promise.all(guesses)).map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 401 && status !== 503)).toEqual([]);
  });

  it('are looked up once in a while only', async () => {
    const lookUps = await sqlDuring(async () => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => read('the-same-nobody:secret')));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    }, /find_api_key/);
    expect(lookUps.length).toBeLessThan(5);
  });

  it.each([
    ['no colon', btoa('test-admin')],
    ['nothing but a colon', btoa(':')],
    ['no base64', '%%%'],
    ['bytes that are no UTF-8', Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')],
    ['a NUL', btoa('test\0:x')],
    ['blanks and colons in the secret', btoa('test-admin: a:b c ')],
  ])('as Basic with %s are answered by 401 and a challenge', async (_, credentials) => {
    const headers = { authorization: `Basic ${credentials}`, 'x-experience-api-version': '1.0.3' };
    const answer = await fetch(`${app.url}/xapi/statements`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Basic realm="lectern", charset="UTF-8"');
  });
});

/**
 * Reads until the answer has the status. Time stands still for the caches of both processes meanwhile: what they know can
 * only change because they were told.
 */
async function untilAnswered(status: number, key: string, at: ServiceUnderTest): Promise<void> {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
  try {
    while ((await read(key, at)).status !== status) await new Promise((resolve) => setTimeout(resolve, 20));
  } finally {
    clock.mockRestore();
  }
}
