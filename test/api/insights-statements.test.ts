import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { sqlDuring } from '../support/sql-count.js';
import { idOf, minimalStatement, PlayerVoice, post, sessionOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const OF_STATEMENTS = /FROM (statements|statement_facts|fact_terms|fact_contexts)/;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

interface Page {
  nodes: Json[];
  totalCount: number;
  totalCountIsLowerBound: boolean;
  consistentThrough: string;
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

async function statements(variables: Json, selection = 'id'): Promise<Page> {
  const { data, errors } = await app.graphql<{ statements: Page }>(
    `query ($filter: StatementFilter, $first: Int, $after: String, $last: Int, $before: String, $ascending: Boolean) {
       statements(filter: $filter, first: $first, after: $after, last: $last, before: $before, ascending: $ascending) {
         nodes { ${selection} } totalCount totalCountIsLowerBound consistentThrough pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
    variables,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.statements;
}

describe('a statement', () => {
  const verb = `http://example.com/verbs/${randomUUID()}`;
  const full: Json = {
    id: randomUUID(),
    actor: { name: 'Ada', account: { homePage: 'https://lms.example.com', name: 'ada' } },
    verb: { id: verb, display: { en: 'answered', de: 'beantwortete' } },
    object: {
      id: 'http://example.com/questions/1',
      definition: {
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        name: { en: 'A question', de: 'Eine Frage' },
        description: { en: 'About fire' },
        interactionType: 'choice',
        correctResponsesPattern: ['b'],
        choices: [{ id: 'a', description: { en: 'Run' } }, { id: 'b' }],
        extensions: { 'http://example.com/level': 3 },
      },
    },
    result: { score: { scaled: 0.5, raw: 1, min: 0, max: 2 }, success: true, response: 'b', duration: 'PT1M0.5S' },
    context: {
      registration: randomUUID(),
      instructor: { mbox: 'mailto:teacher@example.com' },
      team: { objectType: 'Group', name: 'Crew', member: [{ openid: 'http://example.com/bo' }] },
      contextActivities: { parent: [{ id: 'http://example.com/quiz' }], other: [{ id: 'http://example.com/other' }] },
      platform: 'web',
      language: 'en',
    },
    timestamp: '2026-03-01T10:00:00.250+01:00',
  };

  it('shows extensions with every digit, and no score that is beyond numbers, though its text is there', async () => {
    const id = randomUUID();
    const value = '{ "__proto__":[1e400,12345678901234567890.123, -0.0],"a":"\\u0000\\ud800\\/","a":1.0 }';
    const extensions = `{"http://example.com/\\u0065xact":${value}}`;
    const context = `{"extensions":${extensions}}`;
    const sub = `{"objectType":"SubStatement","actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"urn:v"},"object":{"id":"urn:o","definition":{"extensions":${extensions}}},"context":${context}}`;
    const text = `{"id":"${id}","actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"urn:v"},"object":${sub},"context":${context},"result":{"score":{"raw":1e400,"min":-1.50},"extensions":${extensions}}}`;
    await post(app, text);
    const { data, errors } = await app.graphql<{ statement: Json }>(
      `query ($id: ID!) { statement(id: $id) {
         json context { extensions { id json } } result { score { raw min } extensions { id json } }
         object { ... on SubStatement { context { extensions { id json } } object { ... on Activity { extensions { id json } } } } } } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    const { json, ...shown } = data.statement;
    const shownExtensions = { extensions: [{ id: 'http://example.com/exact', json: value }] };
    expect(shown).toEqual({
      context: shownExtensions,
      result: { score: { raw: null, min: -1.5 }, ...shownExtensions },
      object: { context: shownExtensions, object: shownExtensions },
    });
    expect(json).toContain(text.slice(0, -1));
  });

  it('shows every part with its type, and its text as it was sent', async () => {
    await post(app, full);
    const { data, errors } = await app.graphql<{ statement: Json }>(
      `query ($id: ID!) { statement(id: $id) {
         id voided version timestamp json
         actor { kind name account { homePage name } mbox members { name } }
         verb { id display german: display(language: "de") displays { language text } }
         object { __typename ... on Activity {
           id type name german: name(language: "de-CH, de") description interactionType correctResponses
           choices { id descriptions { text } } extensions { id json } } }
         result { score { scaled raw min max } success completion response duration seconds }
         context { registration instructor { mbox } team { kind members { openid } } parents { id } groupings { id } others { id } platform language }
         authority { account { name } }
         attachments { sha2 } } }`,
      { id: full['id'] },
    );
    expect(errors).toBeUndefined();
    const { json, ...shown } = data.statement;
    expect(shown).toEqual({
      id: full['id'],
      voided: false,
      version: '1.0.0',
      timestamp: '2026-03-01T09:00:00.250Z',
      actor: {
        kind: 'AGENT',
        name: 'Ada',
        account: { homePage: 'https://lms.example.com', name: 'ada' },
        mbox: null,
        members: [],
      },
      verb: {
        id: verb,
        display: 'answered',
        german: 'beantwortete',
        displays: [
          { language: 'en', text: 'answered' },
          { language: 'de', text: 'beantwortete' },
        ],
      },
      object: {
        __typename: 'Activity',
        id: 'http://example.com/questions/1',
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        name: 'A question',
        german: 'Eine Frage',
        description: 'About fire',
        interactionType: 'choice',
        correctResponses: ['b'],
        choices: [
          { id: 'a', descriptions: [{ text: 'Run' }] },
          { id: 'b', descriptions: [] },
        ],
        extensions: [{ id: 'http://example.com/level', json: '3' }],
      },
      result: {
        score: { scaled: 0.5, raw: 1, min: 0, max: 2 },
        success: true,
        completion: null,
        response: 'b',
        duration: 'PT1M0.5S',
        seconds: 60.5,
      },
      context: {
        registration: (full['context'] as Json)['registration'],
        instructor: { mbox: 'mailto:teacher@example.com' },
        team: { kind: 'GROUP', members: [{ openid: 'http://example.com/bo' }] },
        parents: [{ id: 'http://example.com/quiz' }],
        groupings: [],
        others: [{ id: 'http://example.com/other' }],
        platform: 'web',
        language: 'en',
      },
      authority: { account: { name: app.adminKey.split(':')[0] } },
      attachments: [],
    });
    expect(JSON.parse(json as string)).toMatchObject(full);
  });

  it('may be about a person, another statement, or a statement within it', async () => {
    const objects = [
      { objectType: 'Agent', mbox: 'mailto:bo@example.com' },
      { objectType: 'StatementRef', id: randomUUID() },
      { objectType: 'SubStatement', ...minimalStatement() },
    ];
    const ids = await post(
      app,
      objects.map((object) => minimalStatement({ object })),
    );
    const { nodes } = await statements(
      { filter: { ids }, ascending: true },
      'object { __typename ... on Agent { mbox } ... on StatementReference { id } ... on SubStatement { object { __typename } verb { id } } }',
    );
    expect(nodes.map(({ object }) => object)).toEqual([
      { __typename: 'Agent', mbox: 'mailto:bo@example.com' },
      { __typename: 'StatementReference', id: objects[1]!['id' as never] },
      {
        __typename: 'SubStatement',
        object: { __typename: 'Activity' },
        verb: { id: 'http://example.com/verbs/tried' },
      },
    ]);
  });

  it('is null when nobody sent it, and is shown as voided when it was taken back', async () => {
    const [id] = await post(app, minimalStatement());
    await post(app, voiding(id!));
    const ask = async (wanted: string) => {
      const { data } = await app.graphql<{ statement: Json | null }>(
        'query ($id: ID!) { statement(id: $id) { voided } }',
        { id: wanted },
      );
      return data.statement;
    };
    expect(await ask(id!)).toEqual({ voided: true });
    expect(await ask(randomUUID())).toBeNull();
  });
});

const voiding = (id: string): Json =>
  minimalStatement({
    verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
    object: { objectType: 'StatementRef', id },
  });

describe('a list of statements', () => {
  it('has what was acknowledged before it was asked for, without what is voided, the latest first', async () => {
    const verbs = [`http://example.com/verbs/${randomUUID()}`];
    const ids = await post(
      app,
      Array.from({ length: 3 }, () => minimalStatement({ verb: { id: verbs[0] } })),
    );
    const before = new Date();
    expect((await statements({ filter: { verbs } })).nodes.map(idOf)).toEqual([...ids].reverse());
    await post(app, voiding(ids[1]!));
    const page = await statements({ filter: { verbs }, ascending: true });
    expect(page.nodes.map(idOf)).toEqual([ids[0], ids[2]]);
    expect(page).toMatchObject({ totalCount: 2, totalCountIsLowerBound: false });
    expect(new Date(page.consistentThrough).getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('pages forwards and backwards, each statement once, while others are stored', async () => {
    const verbs = [`http://example.com/verbs/${randomUUID()}`];
    const more = () => post(app, [minimalStatement({ verb: { id: verbs[0] } })]);
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(...(await more()));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Page = await statements({ filter: { verbs }, first: 3, after });
      seen.push(...page.nodes.map(idOf));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      await more();
    } while (after !== null);
    expect(seen).toEqual([...ids].reverse());
    const oldest = await statements({ filter: { verbs }, last: 2 });
    expect(oldest.nodes.map(idOf)).toEqual([ids[1], ids[0]]);
    expect(oldest.pageInfo.hasPreviousPage).toBe(true);
  });

  it('takes as many SQL statements for 40 statements as for one', async () => {
    const voice = new PlayerVoice(randomUUID(), 'many');
    await post(app, [...sessionOf(voice), ...sessionOf(voice), ...sessionOf(voice), ...sessionOf(voice)]);
    const filter = { registrations: [voice.registration] };
    const everything = `actor { name } verb { display } object { ... on Activity { name } } result { score { scaled } }
      context { parents { name } groupings { id } } authority { name } json voided`;
    const read = async (first: number) =>
      expect((await statements({ filter, first }, everything)).nodes).toHaveLength(first);
    await read(40);
    // The projection works beside what is counted: the least of several counts is without it.
    const least = async (first: number) => {
      const counts: number[] = [];
      for (let round = 0; round < 4; round += 1)
        counts.push((await sqlDuring(() => read(first), OF_STATEMENTS)).length);
      return Math.min(...counts);
    };
    const forOne = await least(1);
    expect(forOne).toBeGreaterThanOrEqual(3);
    expect(await least(40)).toBe(forOne);
  });

  it('needs the scope, and shows nothing of another organization', async () => {
    const { errors } = await app.graphql(
      '{ statements { nodes { id } } }',
      {},
      await keyWith(app, '[STATEMENTS_WRITE]'),
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const { data } = await app.graphql<{ createOrganization: { credentials: string } }>(
      `mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { credentials } } }`,
    );
    const answer = await app.graphql('{ statements { totalCount } }', {}, data.createOrganization.credentials);
    expect(answer).toMatchObject({ data: { statements: { totalCount: 0 } } });
  });
});

async function keyWith(service: TestApp, scopes: string): Promise<string> {
  const { data } = await service.graphql<{ createApiKey: { credentials: string } }>(
    `mutation { createApiKey(input: { name: "some", scopes: ${scopes} }) { ... on CreateApiKeySuccess { credentials } } }`,
  );
  return data.createApiKey.credentials;
}

describe('statementStored', () => {
  it('tells each statement that fits as soon as it is stored, and nothing from before', async () => {
    const verbs = [`http://example.com/verbs/${randomUUID()}`];
    const some = () => minimalStatement({ verb: { id: verbs[0] } });
    await post(app, some());
    const client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${app.adminKey}` },
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    try {
      const results = client.iterate<{ statementStored: Json }>({
        query: 'subscription ($verbs: [String!]) { statementStored(filter: { verbs: $verbs }) { id verb { id } } }',
        variables: { verbs },
      });
      const first = results.next();
      // The subscription begins some time after it was asked for: what is stored until then may be from before.
      const waiting = setInterval(() => void post(app, [minimalStatement(), some()]), 250);
      const told = [(await first).value, (await results.next()).value] as { data: { statementStored: Json } }[];
      clearInterval(waiting);
      const ids = told.map(({ data }) => idOf(data.statementStored));
      expect(told.map(({ data }) => data.statementStored['verb'])).toEqual([{ id: verbs[0] }, { id: verbs[0] }]);
      await results.return!();
      const { nodes } = await statements({ filter: { verbs }, ascending: true });
      const all = nodes.map(idOf);
      expect(all.indexOf(ids[0]!)).toBeGreaterThan(0);
      expect(all.indexOf(ids[1]!)).toBe(all.indexOf(ids[0]!) + 1);
    } finally {
      await client.dispose();
    }
  });
});
