import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { sqlDuring } from '../support/sql-count.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const newId = () => `http://example.com/activities/${randomUUID()}`;
const about = (id: string, definition?: Json, more: Json = {}) =>
  minimalStatement({ object: { objectType: 'Activity', id, ...(definition ? { definition } : {}) }, ...more });

const activity = (activityId: string, version = '1.0.3') =>
  xapi(app, 'GET', '/activities', { query: { activityId }, headers: { 'x-experience-api-version': version } });
const definitionOf = async (id: string) => (await activity(id)).json['definition'] as Json;

async function listOf(id: string, query: Record<string, string>, language?: string): Promise<Json[]> {
  const headers = language === undefined ? {} : { 'accept-language': language };
  const { json } = await xapi(app, 'GET', '/statements', {
    query: { activity: id, ascending: 'true', ...query },
    headers,
  });
  return json['statements'] as Json[];
}
const canonical = (id: string, language: string) =>
  listOf(id, { format: 'canonical', related_activities: 'true' }, language);

describe.each(['1.0.3', '2.0.0'])('/activities in xAPI %s', (version) => {
  it('tells of an unknown activity that it is one', async () => {
    const id = newId();
    const answer = await activity(id, version);
    expect([answer.status, answer.json]).toEqual([200, { objectType: 'Activity', id }]);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('etag')).toBe(`"${createHash('sha1').update(answer.text).digest('hex')}"`);
  });

  it('answers HEAD like GET', async () => {
    const headers = { 'x-experience-api-version': version };
    const head = await xapi(app, 'HEAD', '/activities', { query: { activityId: newId() }, headers });
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('etag')).toMatch(/^"[0-9a-f]{40}"$/);
  });

  it.each([
    ['no activityId', {}],
    ['an activityId that is no IRI', { activityId: 'one' }],
    ['a parameter in the wrong case', { activityid: 'http://example.com/one' }],
    ['a parameter that is not known', { activityId: 'http://example.com/one', agent: '{}' }],
  ])('refuses %s', async (_, query: Record<string, string>) => {
    const headers = { 'x-experience-api-version': version };
    expect((await xapi(app, 'GET', '/activities', { query, headers })).status).toBe(400);
  });
});

describe('the definition of an activity', () => {
  it('is made of those of all statements: by language, by component, by extension; the later wins', async () => {
    const id = newId();
    const first = {
      name: { en: 'Meeting', de: 'Treffen' },
      type: 'http://example.com/types/meeting',
      interactionType: 'choice',
      correctResponsesPattern: ['a'],
      choices: [
        { id: 'a', description: { en: 'A' } },
        { id: 'b', description: { en: 'B' } },
      ],
      extensions: { 'http://example.com/one': { a: 1 }, 'http://example.com/two': 2 },
    };
    const second = {
      name: { en: 'The meeting', fr: 'Réunion' },
      description: { en: 'Where people meet' },
      moreInfo: 'http://example.com/more',
      interactionType: 'choice',
      choices: [{ id: 'b', description: { en: 'Be', de: 'B' } }, { id: 'c' }],
      extensions: { 'http://example.com/one': { b: 1 }, 'http://example.com/three': null },
    };
    await post(app, [about(id, first), about(id, second), about(id)]);
    expect(await definitionOf(id)).toEqual({
      ...first,
      name: { en: 'The meeting', de: 'Treffen', fr: 'Réunion' },
      description: second.description,
      moreInfo: second.moreInfo,
      choices: [{ id: 'a', description: { en: 'A' } }, { id: 'b', description: { en: 'Be', de: 'B' } }, { id: 'c' }],
      extensions: { 'http://example.com/one': { b: 1 }, 'http://example.com/two': 2, 'http://example.com/three': null },
    });
  });

  it('comes from wherever a statement has an activity', async () => {
    const ids = Array.from({ length: 6 }, newId);
    const [object, parent, grouping, inner, category, alone] = ids as [string, string, string, string, string, string];
    const named = (id: string) => ({ id, definition: { name: { en: id } } });
    const context = (contextActivities: Json) => ({ context: { contextActivities } });
    await post(app, [
      about(object, named(object).definition, context({ parent: [named(parent)], grouping: [named(grouping)] })),
      minimalStatement({
        object: {
          ...minimalStatement({
            object: named(inner),
            ...context({ category: [named(category)], other: named(alone) }),
          }),
          objectType: 'SubStatement',
        },
      }),
    ]);
    for (const id of ids) expect(await definitionOf(id)).toEqual({ name: { en: id } });
  });

  it('keeps the digits and escapes of what extensions hold', async () => {
    const id = newId();
    const extensions =
      '{"http://example.com/x":{"n":1.50,"big":1e400,"id":12345678901234567890,"nul":"\\u0000","__proto__":{"a":1.0}}}';
    await post(app, JSON.stringify(about(id, { name: { en: 'x' }, extensions: 'HERE' })).replace('"HERE"', extensions));
    await post(app, about(id, { name: { de: 'x' } }));
    expect((await activity(id)).text).toBe(
      `{"objectType":"Activity","id":"${id}","definition":{"name":{"en":"x","de":"x"},"extensions":${extensions}}}`,
    );
  });

  it('has what belongs to one type of interaction only', async () => {
    const id = newId();
    await post(app, about(id, { interactionType: 'choice', choices: [{ id: 'a' }], correctResponsesPattern: ['a'] }));
    await post(app, about(id, { interactionType: 'likert', scale: [{ id: 'one' }] }));
    expect(await definitionOf(id)).toEqual({ interactionType: 'likert', scale: [{ id: 'one' }] });
  });

  it('is the latest again when it goes back to what it was', async () => {
    const id = newId();
    for (const en of ['A', 'B', 'A', 'A']) await post(app, about(id, { name: { en } }));
    expect(await definitionOf(id)).toEqual({ name: { en: 'A' } });
  });

  it('changes neither with a statement that is refused nor with one that is stored already', async () => {
    const id = newId();
    const [known] = await post(app, about(id, { name: { en: 'First' } }));
    const again = about(id, { name: { en: 'Second' } }, { id: known });
    expect((await xapi(app, 'POST', '/statements', { body: again })).status).toBe(200);
    const conflicting = about(id, { name: { en: 'Third' } }, { id: known, verb: { id: 'http://example.com/other' } });
    expect(
      (await xapi(app, 'POST', '/statements', { body: [about(id, { name: { en: 'Fourth' } }), conflicting] })).status,
    ).toBe(409);
    expect(await definitionOf(id)).toEqual({ name: { en: 'First' } });
    await post(app, about(id, { name: { en: 'Fourth' } }));
    expect(await definitionOf(id)).toEqual({ name: { en: 'Fourth' } });
  });

  it('costs nothing when a statement tells nothing new', async () => {
    const id = newId();
    const statements = [about(id, { name: { en: 'a' } }), about(id, { name: { de: 'b' } }), about(id)];
    const touched = /definitions|agent_names/;
    expect(await sqlDuring(() => post(app, statements), touched)).not.toEqual([]);
    expect(await sqlDuring(() => post(app, statements), touched)).toEqual([]);
  });

  it('is not changed by keys without the scope define', async () => {
    const id = newId();
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "writer", scopes: [STATEMENTS_WRITE] }) { ... on CreateApiKeySuccess { credentials } } }`,
    );
    await post(app, about(id, { name: { en: 'Not mine' } }), data.createApiKey.credentials);
    expect((await activity(id)).json).toEqual({ objectType: 'Activity', id });
    await post(app, about(id, { name: { en: 'Mine' } }));
    expect(await definitionOf(id)).toEqual({ name: { en: 'Mine' } });
  });

  it('survives 64 writers of the same activities in every order: no deadlock, nothing lost', async () => {
    const ids = Array.from({ length: 8 }, newId);
    const writers = Array.from({ length: 64 }, (_, writer) => writer);
    await Promise.all(
      writers.map((writer) => {
        const turned = [...ids.slice(writer % 8), ...ids.slice(0, writer % 8)];
        const ordered = writer % 2 ? turned : turned.reverse();
        const name = (index: number) => ({ [`x-${writer}-${index}`]: `${writer}` });
        return post(
          app,
          ordered.map((id, index) => about(id, { name: name(index) }, actedBy(`Name ${writer}`))),
        );
      }),
    );
    for (const id of ids) {
      const { name } = (await definitionOf(id)) as { name: Json };
      expect(Object.values(name).sort()).toEqual(writers.map(String).sort());
    }
  });
});

const actedBy = (name: string) => ({ actor: { name, mbox: 'mailto:crowd@example.com' } });

describe('format=canonical', () => {
  it('shows activities and verbs as they are known, in the language that is preferred', async () => {
    const [id, parent, verb] = [newId(), newId(), `http://example.com/verbs/${randomUUID()}`];
    const context = { contextActivities: { parent: [{ id: parent }] } };
    await post(app, [
      about(id, undefined, { verb: { id: verb }, context }),
      about(id, { name: { en: 'Old', de: 'Alt' } }, { verb: { id: verb, display: { en: 'did', de: 'tat' } } }),
      about(id, { name: { en: 'New' }, type: 'http://example.com/type' }),
      about(parent, { name: { de: 'Eltern', en: 'Parent' } }),
    ]);
    const [first, second] = await canonical(id, 'de;q=0.9, en;q=0.5');
    const object = { objectType: 'Activity', id, definition: { name: { de: 'Alt' }, type: 'http://example.com/type' } };
    for (const statement of [first!, second!]) {
      expect(statement['object']).toEqual(object);
      expect(statement['verb']).toEqual({ id: verb, display: { de: 'tat' } });
    }
    expect(first!['context']).toEqual({
      contextActivities: { parent: [{ id: parent, definition: { name: { de: 'Eltern' } } }] },
    });
    const [inEnglish] = await canonical(id, 'en');
    expect(inEnglish!['object']).toMatchObject({ definition: { name: { en: 'New' } } });
  });

  it('asks for all activities of a page at once', async () => {
    const ids = Array.from({ length: 20 }, newId);
    const grouping = newId();
    await post(
      app,
      ids.map((id) =>
        about(id, { name: { en: id } }, { context: { contextActivities: { grouping: [{ id: grouping }] } } }),
      ),
    );
    let page: Json[] = [];
    const queries = await sqlDuring(async () => (page = await canonical(grouping, 'en')), /definitions/);
    expect(page).toHaveLength(20);
    expect(queries).toHaveLength(1);
  });

  it('is the only form that shows what the statement itself does not say', async () => {
    const id = newId();
    const sent = about(id, { name: { en: 'Sent' } });
    await post(app, [sent, about(id, { name: { en: 'Later', de: 'Später' }, description: { en: 'More' } })]);
    const [exact] = await listOf(id, {});
    expect(exact!['object']).toEqual(sent['object']);
    const [ids] = await listOf(id, { format: 'ids' });
    expect(ids!['object']).toMatchObject({ id });
    expect(ids!['object']).not.toHaveProperty('definition');
    const [single] = await listOf(id, { format: 'exact' });
    expect(single!['object']).toEqual(sent['object']);
  });
});
