import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLIMBING, climbed, climbingProfile } from '../support/profiles.js';
import { xapi } from '../support/statements.js';
import { sqlDuring } from '../support/sql-count.js';
import { startService } from '../../src/service.js';
import { JsonLogger } from '../../src/platform/logging/json-logger.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

type Json = Record<string, unknown>;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

/** The answer of the operation's only field. */
async function ask<Answer = Json>(operation: string, variables: Json = {}, key?: string): Promise<Answer> {
  const { data, errors } = await app.graphql(operation, variables, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Answer;
}

async function newKey(scope = 'STATEMENTS_WRITE', key?: string): Promise<{ id: string; credentials: string }> {
  const { apiKey, credentials } = await ask<{ apiKey: { id: string }; credentials: string }>(
    `mutation ($scope: Scope!) { createApiKey(input: { name: "sender", scopes: [$scope] }) {
       ... on CreateApiKeySuccess { apiKey { id } credentials } } }`,
    { scope },
    key,
  );
  return { id: apiKey.id, credentials };
}

const upload = (profile: unknown, key?: string) =>
  ask(
    `mutation ($json: String!) { uploadProfile(input: { json: $json }) {
       ... on UploadProfileSuccess { profile { version profileId name bundled templates { id verb } } warnings { code path } }
       ... on ValidationError { code problems { code path } } ... on UserError { code } } }`,
    { json: typeof profile === 'string' ? profile : JSON.stringify(profile) },
    key,
  );

const setPolicy = (keyId: string, mode: string, profiles: string[] = [CLIMBING.id], claim = 'MATCHING', key?: string) =>
  ask(
    `mutation ($input: SetProfilePolicyInput!) { setProfilePolicy(input: $input) {
       ... on SetProfilePolicySuccess { policy { keyId profiles mode claim } }
       ... on ValidationError { problems { code path } } ... on UserError { code } } }`,
    { input: { keyId, mode, profiles, claim } },
    key,
  );

const reportsOf = (keyId: string) =>
  ask<{ nodes: Json[]; totalCount: number }>(
    `query ($keyId: ID!) { profileReports(first: 100, filter: { keyId: $keyId }) {
       totalCount nodes { keyId statementId profileId version template location code severity message path } } }`,
    { keyId },
  );

const send = (
  credentials: string,
  body: unknown,
  method: 'POST' | 'PUT' = 'POST',
  query: Record<string, string> = {},
) => xapi(app, method, '/statements', { body, query, key: credentials });

const stored = async (id: string) =>
  (await xapi(app, 'GET', '/statements', { query: { statementId: id } })).status === 200;

/** Breaks the profile: the grade is missing. */
const ungraded = (changes: Json = {}) => climbed({ id: randomUUID(), result: {}, ...changes });
const graded = (changes: Json = {}) => climbed({ id: randomUUID(), ...changes });
const gradePath = ['result', 'extensions', CLIMBING.grade];

describe('profiles of an organization', () => {
  it('the service brings some along', async () => {
    const profiles = await ask<Json[]>('{ bundledProfiles { profileId bundled templates { id } document } }');
    expect(profiles.map(({ profileId }) => profileId)).toEqual([
      'https://w3id.org/xapi/adl',
      'https://w3id.org/xapi/cmi5',
      'urn:lectern:xapi:profile',
      'https://w3id.org/xapi/scorm',
      'https://w3id.org/xapi/video',
    ]);
  });

  it('are uploaded, listed, found by profile and by version; the same again changes nothing', async () => {
    const expected = {
      profile: {
        version: CLIMBING.version,
        profileId: CLIMBING.id,
        name: 'Climbing',
        bundled: false,
        templates: [{ id: CLIMBING.template, verb: CLIMBING.climbed }],
      },
      warnings: [],
    };
    expect(await upload(climbingProfile())).toEqual(expected);
    expect(await upload(climbingProfile())).toEqual(expected);
    expect(await ask('{ uploadedProfiles { totalCount nodes { version } } }')).toEqual({
      totalCount: 1,
      nodes: [{ version: CLIMBING.version }],
    });
    for (const id of [CLIMBING.id, CLIMBING.version]) {
      expect(await ask('query ($id: String!) { xapiProfile(iri: $id) { version } }', { id })).toEqual({
        version: CLIMBING.version,
      });
    }
  });

  it('a version never changes, and a profile that breaks the specification is not taken', async () => {
    expect(await upload(climbingProfile({ templates: [], concepts: [] }))).toMatchObject({ code: 'CONFLICT' });
    expect(await upload(climbingProfile({ type: 'Verb' }))).toEqual({
      code: 'VALIDATION_FAILED',
      problems: [{ code: 'INVALID', path: ['type'] }],
    });
    expect(await upload('no JSON')).toMatchObject({ problems: [{ code: 'MALFORMED_JSON' }] });
  });

  it('are asked of keys that are there', async () => {
    expect(await setPolicy('nobody', 'REPORT')).toEqual({ code: 'NOT_FOUND' });
  });

  it('need the scope ADMIN, and are of one organization only', async () => {
    const { credentials } = await newKey();
    await expect(upload(climbingProfile(), credentials)).rejects.toThrow(/FORBIDDEN/);
    const { credentials: theirs } = await ask<{ credentials: string }>(
      'mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }',
    );
    expect(
      await ask('query ($id: String!) { xapiProfile(iri: $id) { version } }', { id: CLIMBING.id }, theirs),
    ).toBeNull();
    expect(await setPolicy((await newKey('STATE', theirs)).id, 'REPORT', [CLIMBING.id], 'MATCHING', theirs)).toEqual({
      code: 'VALIDATION_FAILED',
      problems: [{ code: 'UNKNOWN_PROFILE', path: ['profiles', '0'] }],
    });
  });
});

describe('a key whose statements are refused', () => {
  let key: { id: string; credentials: string };
  beforeAll(async () => {
    key = await newKey();
    expect(await setPolicy(key.id, 'REFUSE')).toEqual({
      policy: { keyId: key.id, profiles: [CLIMBING.id], mode: 'REFUSE', claim: 'MATCHING' },
    });
  });

  it('gets 400 with the problems by their paths, for PUT and POST', async () => {
    const id = randomUUID();
    for (const answer of [
      await send(key.credentials, ungraded({ id })),
      await send(key.credentials, ungraded({ id }), 'PUT', { statementId: id }),
    ]) {
      expect([answer.status, answer.json['error']]).toMatchObject([
        400,
        { code: 'VALIDATION_FAILED', path: gradePath },
      ]);
    }
    expect(await stored(id)).toBe(false);
  });

  it('of a batch nothing is stored, and each problem names its statement', async () => {
    const [good, bad] = [graded(), ungraded()];
    const answer = await send(key.credentials, [good, bad]);
    expect([answer.status, answer.json['error']]).toMatchObject([400, { path: ['1', ...gradePath] }]);
    expect(await stored(good['id'] as string)).toBe(false);
  });

  it('what is good of a batch can be stored by itself', async () => {
    const [good, bad] = [graded(), ungraded()];
    const headers = { 'x-lectern-partial': 'true' };
    const answer = await xapi(app, 'POST', '/statements', { body: [bad, good], headers, key: key.credentials });
    expect([answer.status, answer.json]).toMatchObject([
      200,
      { stored: [good['id']], refused: [{ index: 0, path: ['0', ...gradePath] }] },
    ]);
  });

  it('what keeps the rules is stored, and so is what the profile has nothing to do with', async () => {
    const other = graded({ verb: { id: 'https://x.example/fell' } });
    expect((await send(key.credentials, [graded(), other])).status).toBe(200);
  });

  it('what is only recommended is kept as a report', async () => {
    const statement = graded({ object: { id: 'https://climbing.example/hill' } });
    expect((await send(key.credentials, statement)).status).toBe(200);
    expect((await reportsOf(key.id)).nodes).toMatchObject([
      { statementId: statement['id'], code: 'NO_TEMPLATE', severity: 'WARNING' },
    ]);
  });

  it('profiles in use are not removed; a change of the policy holds at once', async () => {
    const remove = () =>
      ask(
        'mutation ($version: String!) { removeProfile(version: $version) { ... on UserError { code } ... on RemoveProfileSuccess { version } } }',
        { version: CLIMBING.version },
      );
    expect(await remove()).toEqual({ code: 'CONFLICT' });
    expect(await setPolicy(key.id, 'OFF', [])).toEqual({ policy: null });
    expect((await send(key.credentials, ungraded())).status).toBe(200);
    expect(await remove()).toEqual({ version: CLIMBING.version });
    expect(await upload(climbingProfile())).toMatchObject({ warnings: [] });
  });
});

it('a policy that another process sets holds in this one', async () => {
  const other = await startService(app.config, new JsonLogger('silent'), (reason) => {
    throw reason;
  });
  try {
    const key = await newKey();
    const change = (mode: string) =>
      fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${app.adminKey}` },
        body: JSON.stringify({
          query: `mutation { setProfilePolicy(input: { keyId: "${key.id}", profiles: ["${CLIMBING.id}"], mode: ${mode} }) {
                    __typename } }`,
        }),
      });
    const statusBecomes = async (status: number) => {
      for (let tries = 0; tries < 100; tries += 1) {
        if ((await send(key.credentials, ungraded())).status === status) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    };
    expect(await statusBecomes(200)).toBe(true);
    await change('REFUSE');
    expect(await statusBecomes(400)).toBe(true);
    await change('OFF');
    expect(await statusBecomes(200)).toBe(true);
  } finally {
    await other.close();
  }
});

describe('a key whose statements are reported', () => {
  it('stores them and keeps each problem, once, with counts', async () => {
    const key = await newKey();
    await setPolicy(key.id, 'REPORT', [CLIMBING.version]);
    const statements = [graded(), ungraded(), ungraded()];
    expect((await send(key.credentials, statements)).status).toBe(200);
    expect((await send(key.credentials, statements)).status).toBe(200);
    const { nodes, totalCount } = await reportsOf(key.id);
    expect(totalCount).toBe(2);
    const problem = {
      ...{ keyId: key.id, profileId: CLIMBING.id, template: CLIMBING.template, code: 'MISSING', severity: 'ERROR' },
      location: `$.result.extensions['${CLIMBING.grade}']`,
    };
    expect(nodes[0]).toMatchObject({ ...problem, version: CLIMBING.version, path: gradePath });
    const counts = await ask(
      'query ($keyId: ID!) { profileReportCounts(filter: { keyId: $keyId }) { keyId profileId template location code severity count statementId } }',
      { keyId: key.id },
    );
    expect(counts).toEqual([{ ...problem, count: 2, statementId: statements[2]!['id'] }]);
  });

  it('keeps problems at places whose names PostgreSQL cannot hold', async () => {
    const id = 'https://profiles.example/odd';
    const [, , grade] = climbingProfile()['concepts'] as Json[];
    const schema = '{"additionalProperties":{"type":"integer"}}';
    const versions = [{ id: `${id}/v1`, generatedAtTime: '2021-01-01T00:00:00Z' }];
    await upload(climbingProfile({ id, versions, concepts: [{ ...grade, inlineSchema: schema }] }));
    const key = await newKey();
    await setPolicy(key.id, 'REPORT', [id]);
    const odd = graded({ result: { extensions: { [CLIMBING.grade]: { 'a\u0000': 'hard' } } } });
    expect((await send(key.credentials, odd)).status).toBe(200);
    expect((await reportsOf(key.id)).nodes).toMatchObject([
      { code: 'EXTENSION_SCHEMA', path: [...gradePath, 'a\ufffd'] },
    ]);
  });

  it('a statement may refer to another of the same batch', async () => {
    const [template] = climbingProfile()['templates'] as Json[];
    const rated = 'https://profiles.example/climbing/verbs/rated';
    const { rules: _, objectActivityType: __, ...rest } = template!;
    const rating = {
      ...rest,
      id: `${CLIMBING.id}/templates/rated`,
      verb: rated,
      objectStatementRefTemplate: [CLIMBING.template],
    };
    const id = 'https://profiles.example/rating';
    await upload(
      climbingProfile({
        id,
        versions: [{ id: `${id}/v1`, generatedAtTime: '2021-01-01T00:00:00Z' }],
        concepts: undefined,
        templates: [template, rating],
      }),
    );
    const key = await newKey();
    await setPolicy(key.id, 'REFUSE', [id]);
    const first = graded();
    const about = (target: unknown) =>
      graded({ verb: { id: rated }, object: { objectType: 'StatementRef', id: target } });
    expect((await send(key.credentials, [first, about(first['id'])])).status).toBe(200);
    const other = graded({ verb: { id: 'https://x.example/fell' } });
    const answer = await send(key.credentials, [other, about(other['id'])]);
    expect([answer.status, answer.json['error']]).toMatchObject([400, { path: ['1', 'object', 'id'] }]);
  });
});

describe('keys without a policy', () => {
  it('are not checked, and pay no query for it', async () => {
    const key = await newKey();
    await send(key.credentials, ungraded());
    expect(await sqlDuring(() => send(key.credentials, ungraded()), /profile/)).toEqual([]);
    expect((await reportsOf(key.id)).totalCount).toBe(0);
  });
});

describe('checkStatement', () => {
  const check = (input: Json, key?: string) =>
    ask<{ valid: boolean; verdicts: Json[] }>(
      `query ($input: CheckStatementInput!) { checkStatement(input: $input) {
         ... on CheckStatementSuccess { valid verdicts { profileId outcome declared templates problems { code path template location } } }
         ... on ValidationError { code problems { code path } } } }`,
      { input },
      key,
    );

  it('tells what each profile says of a statement', async () => {
    const { credentials } = await newKey();
    const answer = await check(
      { json: JSON.stringify(ungraded()), profiles: [CLIMBING.id, 'https://w3id.org/xapi/cmi5'] },
      credentials,
    );
    expect(answer).toMatchObject({
      valid: false,
      verdicts: [
        {
          profileId: CLIMBING.id,
          outcome: 'INVALID',
          templates: [CLIMBING.template],
          problems: [{ code: 'MISSING', path: gradePath }],
        },
        { profileId: 'https://w3id.org/xapi/cmi5', outcome: 'UNMATCHED', problems: [] },
      ],
    });
    expect((await check({ json: '{}' })).verdicts).toHaveLength(5);
  });

  it.each([
    ['no JSON', { json: '{' }, 'MALFORMED_JSON'],
    ['a list', { json: '[]' }, 'WRONG_TYPE'],
    ['JSON beyond all measure', { json: '{"a":'.repeat(300) + '1' + '}'.repeat(300) }, 'TOO_DEEP'],
    ['a profile that is not there', { json: '{}', profiles: ['urn:x:none'] }, 'UNKNOWN_PROFILE'],
  ])('refuses %s', async (_, input, code) => {
    expect(await check(input)).toMatchObject({ code: 'VALIDATION_FAILED', problems: [{ code }] });
  });
});
