import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { base64url, exportSPKI, SignJWT, UnsecuredJWT } from 'jose';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { minimalStatement, xapi } from '../support/statements.js';
import type { Json, XapiAnswer } from '../support/statements.js';
import { startOpenIdProvider } from '../support/openid-provider.js';
import { TokenServer } from '../support/token-server.js';
import type { Manners } from '../support/token-server.js';

const AUDIENCE = 'https://lectern.example.com';
const CREATE = `mutation ($input: CreateTokenIssuerInput!) {
  createTokenIssuer(input: $input) {
    ... on CreateTokenIssuerSuccess { tokenIssuer { id revision issuer audience scopes scopePrefix enabled trusted } }
    ... on UserError { code path }
    ... on ValidationError { problems { code path } }
  }
}`;
const UPDATE = `mutation ($input: UpdateTokenIssuerInput!) {
  updateTokenIssuer(input: $input) {
    ... on UpdateTokenIssuerSuccess { tokenIssuer { id revision enabled scopes name jwksUrl } }
    ... on UserError { code path }
  }
}`;
const DELETE = `mutation ($id: ID!, $expectedRevision: Int!) {
  deleteTokenIssuer(id: $id, expectedRevision: $expectedRevision) {
    ... on DeleteTokenIssuerSuccess { deletedId } ... on UserError { code path }
  }
}`;

interface Created {
  createTokenIssuer: { tokenIssuer: { id: string; revision: number } };
}

let app: TestApp;
let tokens: TokenServer;
let otherTenantsKey: string;

beforeAll(async () => {
  app = await createTestApp({ OUTBOUND_HTTP: 'true', OUTBOUND_PRIVATE_ADDRESSES: 'true' });
  tokens = await TokenServer.start();
  const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
    `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`,
  );
  otherTenantsKey = data.createOrganization.credentials;
  await trust({ audience: AUDIENCE });
});
afterAll(async () => {
  await app.close();
  await tokens.close();
});

async function trust(input: Json, key = app.adminKey): Promise<{ id: string; revision: number }> {
  const about = { name: 'Issuer', issuer: tokens.url, audience: randomUUID(), scopes: ['ALL'], ...input };
  const { data } = await app.graphql<Created>(CREATE, { input: about }, key);
  return data.createTokenIssuer.tokenIssuer;
}

/** Sends a statement with the token. */
const send = (token: string, statement: Json = minimalStatement()): Promise<XapiAnswer> =>
  xapi(app, 'POST', '/statements', { body: statement, key: token });

const reasonOf = ({ json }: XapiAnswer): string => (json['error'] as { message: string }).message;

async function authorityOf(token: string, more: Json = {}): Promise<unknown> {
  const answer = await send(token, minimalStatement(more));
  const [statementId] = JSON.parse(answer.text) as [string];
  return (await xapi(app, 'GET', '/statements', { query: { statementId } })).json['authority'];
}

const good: Json = { aud: AUDIENCE, client_id: 'client', sub: 'user', scope: 'all' };

describe('a token', () => {
  it.each<[string, () => Json]>([
    ['its audience among others', () => ({ aud: ['https://another.example.com', AUDIENCE] })],
    ['a scp list in place of scope', () => ({ scope: undefined, scp: ['statements/write'] })],
    [
      'an expiry and a start that differ by less than clocks may',
      () => ({ exp: now() - 10, nbf: now() + 10, iat: now() + 10 }),
    ],
    ['no time of issue', () => ({ iat: undefined })],
  ])('is accepted with %s', async (_, claims) => {
    expect((await send(await tokens.sign({ ...good, ...claims() }))).status).toBe(200);
  });

  it.each<[string, () => Json, RegExp]>([
    ['has expired', () => ({ exp: now() - 60 }), /expired/],
    ['does not expire', () => ({ exp: undefined }), /exp/],
    ['is not valid yet', () => ({ nbf: now() + 60 }), /nbf/],
    ['was issued in the future', () => ({ iat: now() + 60 }), /future/],
    ['is for another service', () => ({ aud: 'https://another.example.com' }), /not known/],
    ['is for nobody', () => ({ aud: undefined }), /no audience/],
    ['is of another issuer', () => ({ iss: 'https://issuer.example.com' }), /not known/],
    ['is of an issuer that cannot be a text of the database', () => ({ iss: 'https://\0' }), /no issuer/],
    ['names no client', () => ({ client_id: undefined, sub: undefined }), /client/],
  ])('that %s is refused with 401, and says why', async (_, claims, reason) => {
    const answer = await send(await tokens.sign({ ...good, ...claims() }));
    expect(answer.status).toBe(401);
    expect(reasonOf(answer)).toMatch(reason);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="lectern", error="invalid_token"/);
    expect(answer.headers.get('x-experience-api-version')).toBe('1.0.3');
    expect(answer.headers.get('x-experience-api-consistent-through')).not.toBeNull();
  });

  it('that is not signed, or with a secret, is refused, also when the secret is the public key', async () => {
    const claims = { iss: tokens.url, iat: now(), exp: now() + 60, ...good };
    const publicKey = new TextEncoder().encode(await exportSPKI(tokens.key.publicKey));
    const forged = [
      new UnsecuredJWT(claims).encode(),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: tokens.key.kid }).sign(publicKey),
    ];
    for (const token of forged) {
      const answer = await send(token);
      expect([answer.status, reasonOf(answer)]).toEqual([401, expect.stringContaining('algorithm')]);
    }
  });

  it('whose claims were changed is refused', async () => {
    const [header, , signature] = (await tokens.sign({ ...good, scope: 'state' })).split('.');
    const claims = base64url.encode(JSON.stringify({ iss: tokens.url, exp: now() + 60, ...good }));
    const answer = await send(`${header}.${claims}.${signature}`);
    expect([answer.status, reasonOf(answer)]).toEqual([401, expect.stringContaining('signature')]);
  });

  it.each(['a.b.c', 'eyJhbGciOiJFUzI1NiJ9.bm90IGpzb24.x', `${'a'.repeat(12_000)}.b.c`])(
    'that is none is refused: %#',
    async (token) => expect((await send(token)).status).toBe(401),
  );

  it('works for GraphQL, too, as far as its scopes go', async () => {
    await trust({ audience: 'graphql', scopes: ['RECORDS_READ'] });
    const token = await tokens.sign({ ...good, aud: 'graphql', scope: 'records:read admin' });
    const { data } = await app.graphql('{ viewer { scopes apiKey { id } token { issuer client user } } }', {}, token);
    expect(data['viewer']).toEqual({
      scopes: ['RECORDS_READ'],
      apiKey: null,
      token: { issuer: tokens.url, client: 'client', user: 'user' },
    });
    const { errors } = await app.graphql('{ apiKeys { nodes { id } } }', {}, token);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the scopes of a token', () => {
  const statusOf = async (token: string, method: string) =>
    (await xapi(app, method, '/statements', { key: token, ...(method === 'POST' && { body: minimalStatement() }) }))
      .status;

  it('are no more than those of its issuer', async () => {
    await trust({ audience: 'writers', scopes: ['STATEMENTS_WRITE'] });
    const token = await tokens.sign({ ...good, aud: 'writers', scope: 'all admin' });
    expect([await statusOf(token, 'POST'), await statusOf(token, 'GET')]).toEqual([200, 403]);
  });

  it('are no more than the token says', async () => {
    const token = await tokens.sign({ ...good, scope: 'openid all/read' });
    expect([await statusOf(token, 'POST'), await statusOf(token, 'GET')]).toEqual([403, 200]);
  });

  it('are writing statements and reading its own when it says nothing (Comm 4.2), and none when it says something else', async () => {
    const silent = await tokens.sign({ ...good, scope: undefined, client_id: 'silent' });
    expect([await statusOf(silent, 'POST'), await statusOf(silent, 'GET')]).toEqual([200, 200]);
    const { statements } = (await xapi(app, 'GET', '/statements', { key: silent })).json as { statements: Json[] };
    expect(statements).toHaveLength(1);
    const other = await tokens.sign({ ...good, scope: 'openid profile_of_others' });
    expect([await statusOf(other, 'POST'), await statusOf(other, 'GET')]).toEqual([403, 403]);
  });

  it('may be in another claim, and have a prefix', async () => {
    await trust({ audience: 'prefix', scopes: ['ALL'], scopeClaim: 'permissions', scopePrefix: 'lectern/' });
    const token = await tokens.sign({
      ...good,
      aud: 'prefix',
      permissions: ['lectern/statements/write', 'statements/read'],
    });
    expect([await statusOf(token, 'POST'), await statusOf(token, 'GET')]).toEqual([200, 403]);
  });
});

describe('the authority of a statement that came with a token (Data 2.4.9)', () => {
  const agent = (name: string) => ({ objectType: 'Agent', account: { homePage: tokens.url, name } });

  it('is a Group of the client and the user that it acts for', async () => {
    const token = await tokens.sign({ ...good, name: 'A user' });
    expect(await authorityOf(token)).toEqual({
      objectType: 'Group',
      member: [agent('client'), { ...agent('user'), name: 'A user' }],
    });
  });

  it.each<[string, Json]>([
    ['has no user', { sub: undefined }],
    ['names itself as subject', { sub: 'client' }],
    ['names itself with a suffix', { sub: 'client@clients' }],
    ['is marked as a grant to a client', { sub: 'object-id', gty: 'client-credentials' }],
    ['is marked as of an application', { sub: 'object-id', idtyp: 'app' }],
    ['has its client in azp', { sub: undefined, client_id: undefined, azp: 'client' }],
  ])('is the client alone when the token %s', async (_, claims) => {
    expect(await authorityOf(await tokens.sign({ ...good, ...claims }))).toEqual(agent('client'));
  });

  it('is told by other claims when the issuer says so', async () => {
    await trust({ audience: 'claims', clientClaim: 'app', userClaim: 'email' });
    const token = await tokens.sign({ ...good, aud: 'claims', app: 'portal', email: 'a@example.com' });
    expect(await authorityOf(token)).toEqual({
      objectType: 'Group',
      member: [agent('portal'), agent('a@example.com')],
    });
  });

  it('is what the statement says only when the issuer is trusted', async () => {
    await trust({ audience: 'trusted', trusted: true });
    const authority = { name: 'Another LRS', mbox: 'mailto:lrs@example.com' };
    expect(await authorityOf(await tokens.sign({ ...good, aud: 'trusted' }), { authority })).toEqual(authority);
    expect(await authorityOf(await tokens.sign(good), { authority })).toMatchObject({ objectType: 'Group' });
  });

  it('separates what users of the same client may read with statements/read/mine', async () => {
    const [one, other] = await Promise.all(
      ['one', 'other'].map((sub) => tokens.sign({ ...good, sub, scope: 'statements/write statements/read/mine' })),
    );
    await send(one!);
    const found = async (key: string) =>
      ((await xapi(app, 'GET', '/statements', { key })).json['statements'] as Json[]).length;
    expect([await found(one!), await found(other!)]).toEqual([1, 0]);
  });
});

describe('the keys of an issuer', () => {
  /** An issuer of its own, whose keys nobody has asked for. */
  async function another(work: (issuer: TokenServer, token: (claims?: Json) => Promise<string>) => Promise<void>) {
    const issuer = await TokenServer.start();
    try {
      await trust({ issuer: issuer.url, audience: AUDIENCE });
      await work(issuer, (claims) => issuer.sign({ ...good, ...claims }));
    } finally {
      await issuer.close();
    }
  }

  const later = async <T>(milliseconds: number, work: () => Promise<T>): Promise<T> => {
    const real = Date.now.bind(Date);
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + milliseconds);
    try {
      return await work();
    } finally {
      clock.mockRestore();
    }
  };

  it('are fetched once, whatever tokens come, and again when there is a new one after a while', () =>
    another(async (issuer, token) => {
      const before = await Promise.all([token(), token(), token()]);
      expect((await Promise.all(before.map((one) => send(one)))).map(({ status }) => status)).toEqual([200, 200, 200]);
      const unknown = await Promise.all(
        Array.from({ length: 10 }, (_, n) => issuer.sign(good, { kid: `unknown-${n}` })),
      );
      for (const answer of await Promise.all(unknown.map((one) => send(one)))) {
        expect([answer.status, reasonOf(answer)]).toEqual([401, expect.stringContaining('no such key')]);
      }
      expect(issuer.fetches).toBe(1);
      await issuer.rotate('RS256');
      const rotated = await token();
      expect(await later(31_000, async () => (await send(rotated)).status)).toBe(200);
      expect(issuer.fetches).toBe(2);
      expect((await send(before[0])).status).toBe(401);
    }));

  it('need no names', () =>
    another(async (issuer) => {
      const first = issuer.key;
      await issuer.rotate();
      issuer.published = [first, issuer.key];
      expect((await send(await issuer.sign(good, { kid: null }))).status).toBe(200);
    }));

  it.each<Manners>(['error', 'silent', 'huge', 'html', 'redirect'])(
    'that cannot be had (%s) are a 503 with Retry-After, without asking at each request',
    (manners) =>
      another(async (issuer, token) => {
        issuer.manners = manners;
        const answers = [await send(await token()), await send(await token()), await send(await token())];
        for (const { status, headers, json } of answers) {
          expect(status).toBe(503);
          expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
          expect(json).toMatchObject({ error: { code: 'ISSUER_UNREACHABLE' } });
        }
        expect(issuer.fetches).toBe(1);
        const { errors } = await app.graphql('{ viewer { scopes } }', {}, await token());
        expect(errors).toMatchObject([{ extensions: { code: 'ISSUER_UNREACHABLE' } }]);
        issuer.manners = 'well';
        expect(await later(11_000, async () => (await send(await issuer.sign(good))).status)).toBe(200);
      }),
    20_000,
  );

  it('stay good while the issuer is away; tokens of keys that are not known then are not said to be wrong', () =>
    another(async (issuer, token) => {
      const early = await issuer.sign({ ...good, exp: now() + 3_600 });
      await send(await token());
      issuer.manners = 'error';
      await issuer.rotate();
      const ofNewKey = await token();
      await later(700_000, async () => {
        expect((await send(early)).status).toBe(200);
        expect((await send(ofNewKey)).status).toBe(503);
      });
    }));
});

describe('an issuer', () => {
  it('is listed, changed and removed by administrators, and counts at once', async () => {
    const { id, revision } = await trust({ audience: 'changing' });
    const token = await tokens.sign({ ...good, aud: 'changing' });
    expect((await send(token)).status).toBe(200);
    const off = await app.graphql(UPDATE, { input: { id, expectedRevision: revision, enabled: false } });
    expect(off.data['updateTokenIssuer']).toMatchObject({ tokenIssuer: { enabled: false, revision: revision + 1 } });
    expect((await send(token)).status).toBe(401);
    const stale = await app.graphql(UPDATE, { input: { id, expectedRevision: revision, enabled: true } });
    expect(stale.data['updateTokenIssuer']).toEqual({ code: 'REVISION_CONFLICT', path: ['expectedRevision'] });
    await app.graphql(UPDATE, { input: { id, expectedRevision: revision + 1, enabled: true, scopes: ['ALL_READ'] } });
    expect((await send(token)).status).toBe(403);
    const removed = await app.graphql(DELETE, { id, expectedRevision: revision + 2 });
    expect(removed.data['deleteTokenIssuer']).toEqual({ deletedId: id });
    expect((await send(token)).status).toBe(401);
    const { data } = await app.graphql<{ tokenIssuers: { nodes: { id: string }[] } }>(
      '{ tokenIssuers(first: 100) { nodes { id } } }',
    );
    expect(data.tokenIssuers.nodes.map((node) => node.id)).not.toContain(id);
  });

  it('leads to the one organization that added it with the audience', async () => {
    await trust({ audience: 'theirs' }, otherTenantsKey);
    const statement = minimalStatement({ id: randomUUID() });
    expect((await send(await tokens.sign({ ...good, aud: 'theirs' }), statement)).status).toBe(200);
    const query = { statementId: statement['id'] as string };
    expect((await xapi(app, 'GET', '/statements', { query })).status).toBe(404);
    expect((await xapi(app, 'GET', '/statements', { query, key: otherTenantsKey })).status).toBe(200);
    const again = await app.graphql(CREATE, {
      input: { name: 'x', issuer: tokens.url, audience: 'theirs', scopes: ['ALL'] },
    });
    expect(again.data['createTokenIssuer']).toEqual({ code: 'CONFLICT', path: ['audience'] });
    const both = await send(await tokens.sign({ ...good, aud: ['theirs', AUDIENCE] }));
    expect([both.status, reasonOf(both)]).toEqual([401, expect.stringContaining('several')]);
  });

  it('of another organization can be neither seen, changed nor removed', async () => {
    const { id } = await trust({ audience: 'ours' });
    const change = await app.graphql(UPDATE, { input: { id, expectedRevision: 1, enabled: false } }, otherTenantsKey);
    expect(change.data['updateTokenIssuer']).toEqual({ code: 'NOT_FOUND', path: ['id'] });
    const removal = await app.graphql(DELETE, { id, expectedRevision: 1 }, otherTenantsKey);
    expect(removal.data['deleteTokenIssuer']).toEqual({ code: 'NOT_FOUND', path: ['id'] });
    const { data } = await app.graphql<{ tokenIssuers: { nodes: { id: string }[] } }>(
      '{ tokenIssuers { nodes { id } } }',
      {},
      otherTenantsKey,
    );
    expect(data.tokenIssuers.nodes.map((node) => node.id)).not.toContain(id);
  });

  it('has addresses that requests may go to', async () => {
    const about = { name: 'x', audience: 'x', scopes: ['ALL'] };
    for (const [input, path] of [
      [{ ...about, issuer: 'ftp://issuer.example.com' }, ['issuer']],
      [{ ...about, issuer: 'https://issuer.example.com', jwksUrl: 'file:///etc/passwd' }, ['jwksUrl']],
      [{ ...about, issuer: 'no address', jwksUrl: 'https://issuer.example.com/keys' }, ['jwksUrl']],
    ] as const) {
      const { data } = await app.graphql(CREATE, { input });
      expect(data['createTokenIssuer']).toMatchObject({ problems: [{ code: 'ADDRESS_REFUSED', path }] });
    }
  });
});

describe('an OpenID provider', () => {
  it('gives a client a token that is good here', async () => {
    const { server, url } = await startOpenIdProvider(AUDIENCE);
    try {
      await trust({ issuer: url, audience: AUDIENCE, scopes: ['ALL'] });
      const answer = await fetch(`${url}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa('lms:secret-of-the-lms')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope: 'statements/write' }),
      });
      const { access_token: token } = (await answer.json()) as { access_token: string };
      expect(await authorityOf(token)).toEqual({ objectType: 'Agent', account: { homePage: url, name: 'lms' } });
      expect((await xapi(app, 'GET', '/statements', { key: token })).status).toBe(403);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
