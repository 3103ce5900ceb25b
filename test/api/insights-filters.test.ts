import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { fits } from '../support/plain-insights.js';
import type { Filter } from '../support/plain-insights.js';
import { World } from '../support/random-statements.js';
import { idOf, minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

async function ask(filter: Json): Promise<{ data: { statements: { nodes: Json[] } }; errors?: readonly Json[] }> {
  return (await app.graphql(
    'query ($filter: StatementFilter) { statements(filter: $filter, first: 100) { nodes { id } } }',
    { filter },
  )) as never;
}

const idsThatFit = (sent: readonly Json[], filter: Filter): string[] =>
  sent
    .filter((statement) => fits(statement, filter))
    .map(idOf)
    .sort();

/** Several questions at once, in one operation. */
async function idsWhereEach(filters: readonly Json[]): Promise<string[][]> {
  const variables = Object.fromEntries(filters.map((filter, index) => [`f${index}`, filter]));
  const names = Object.keys(variables);
  const { data, errors } = await app.graphql<Record<string, { nodes: Json[] }>>(
    `query (${names.map((name) => `$${name}: StatementFilter`).join()}) {
       ${names.map((name) => `${name}: statements(filter: $${name}, first: 100) { nodes { id } }`).join(' ')} }`,
    variables,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return names.map((name) => data[name]!.nodes.map(idOf).sort());
}

async function idsWhere(filter: Json): Promise<string[]> {
  const { data, errors } = await ask(filter);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.statements.nodes.map(idOf).sort();
}

describe('the filters of statements', () => {
  it('find exactly what a plain search over the statements finds, in every combination', async () => {
    const world = new World();
    const sent = fc.sample(world.statement(), { numRuns: 90, seed: 7 });
    await post(app, sent);
    const filters = filterOf(world);
    let hits = 0;
    for (const some of fc.sample(fc.array(filters, { minLength: 15, maxLength: 15 }), { numRuns: 6, seed: 11 })) {
      // The verbs keep out what other tests send.
      const asked = some.map((filter) => ({ ...filter, verbs: filter['verbs'] ?? world.verbs }));
      const expected = some.map((filter) => idsThatFit(sent, filter));
      hits += expected.flat().length;
      const found = await idsWhereEach(asked);
      expect(some.map((filter, index) => [filter, found[index]])).toEqual(
        some.map((filter, index) => [filter, expected[index]]),
      );
    }
    expect(hits).toBeGreaterThan(300);
  }, 120_000);

  it('take the time of storage as xAPI does: since is exclusive, until inclusive', async () => {
    const verbs = [`http://example.com/verbs/${randomUUID()}`];
    const ids = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push(...(await post(app, minimalStatement({ verb: { id: verbs[0] } }))));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const { data } = await app.graphql<{ statements: { nodes: { id: string; stored: string }[] } }>(
      'query ($verbs: [String!]) { statements(filter: { verbs: $verbs }, ascending: true) { nodes { id stored } } }',
      { verbs },
    );
    const [first, second] = data.statements.nodes;
    expect(await idsWhere({ verbs, since: first!.stored, until: second!.stored })).toEqual([ids[1]]);
  });

  it('know the type of an activity from an earlier statement', async () => {
    const object = { id: `http://example.com/activities/${randomUUID()}` };
    const type = `http://example.com/types/${randomUUID()}`;
    const [first] = await post(app, minimalStatement({ object: { ...object, definition: { type } } }));
    const [second] = await post(app, minimalStatement({ object }));
    expect(await idsWhere({ activityTypes: [type] })).toEqual([first, second].sort());
  });

  it.each([
    ['the beginning of a word of the name', 'feuer', true],
    ['whatever its case', 'FEUER', true],
    ['with and without accents', 'ubu', true],
    ['in a language written without blanks', '消防', true],
    ['the description', 'extinguish', true],
    ['the name of the actor', 'grace', true],
    ['the account of the actor', 'ghopper', true],
    ['the response', 'wait', true],
    ['words of several of them', 'hop feuer wai', true],
    ['not the middle of a word', 'löscher', false],
    ['not when one of the words is missing', 'feuer water', false],
    ['not the name of a parent', 'safety', false],
  ])('text: finds %s', async (_, text, found) => {
    const verb = `http://example.com/verbs/text/${String(text)}`.replaceAll(' ', '');
    const ids = await post(app, [
      minimalStatement({
        actor: { name: 'Grace Hopper', account: { homePage: 'https://lms.example.com', name: 'ghopper' } },
        verb: { id: encodeURI(verb) },
        object: {
          id: 'http://example.com/activities/fire',
          definition: { name: { de: 'Feuerlöscher: Übung', zh: '消防安全' }, description: { en: 'How to extinguish' } },
        },
        result: { response: 'I would wait.' },
        context: {
          contextActivities: { parent: [{ id: 'http://example.com/p', definition: { name: { en: 'Safety' } } }] },
        },
      }),
      minimalStatement({ verb: { id: encodeURI(verb) } }),
    ]);
    expect(await idsWhere({ text, verbs: [encodeURI(verb)] })).toEqual(found ? [ids[0]] : []);
  });

  it.each<[string, Json, string]>([
    ['a verb that is no IRI', { verbs: ['answered'] }, 'MATCHES'],
    ['an empty list', { verbs: [] }, 'ARRAY_MIN_SIZE'],
    ['101 verbs', { verbs: Array.from({ length: 101 }, () => 'http://example.com/v') }, 'ARRAY_MAX_SIZE'],
    ['a registration that is no UUID', { registrations: ['x'] }, 'IS_UUID'],
    ['a text without a word', { text: '...' }, 'NO_WORD'],
    ['a text of nine words', { text: 'a b c d e f g h i' }, 'TOO_LONG'],
    ['an empty OpenID', { agents: [{ openid: '' }] }, 'IS_LENGTH'],
    ['an mbox without mailto', { agents: [{ mbox: 'a@example.com' }] }, 'MATCHES'],
  ])('refuse %s', async (_, filter, code) => {
    const { errors } = await ask(filter);
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', problems: [{ code }] } });
  });

  it('find nothing for names that nobody has mentioned', async () => {
    expect(await idsWhere({ verbs: ['http://example.com/never'] })).toEqual([]);
    expect(await idsWhere({ text: 'neverheardof' })).toEqual([]);
    expect(await idsWhere({ ids: [randomUUID()] })).toEqual([]);
  });
});

function filterOf(world: World): fc.Arbitrary<Filter> {
  const some = (values: readonly string[]) =>
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
  const range = (scale: number) =>
    fc
      .record({ min: fc.integer({ min: -5, max: 5 }), max: fc.integer({ min: 0, max: 10 }) }, { requiredKeys: [] })
      .map((bounds) => Object.fromEntries(Object.entries(bounds).map(([name, value]) => [name, value * scale])));
  const day = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-04-30'), noInvalidDate: true })
    .map((at) => at.toISOString());
  const all: Record<string, fc.Arbitrary<unknown>> = {
    agents: some(world.mboxes).map((mboxes) => mboxes.map((mbox) => ({ mbox }))),
    relatedAgents: fc.boolean(),
    verbs: some(world.verbs),
    activities: some(world.activities),
    relatedActivities: fc.boolean(),
    activityTypes: some(world.types),
    parents: some(world.activities),
    groupings: some(world.activities),
    categories: some(world.activities),
    registrations: some(world.registrations),
    timestamp: fc.record({ from: day, to: day }, { requiredKeys: [] }),
    scaled: range(0.1),
    raw: range(10),
    seconds: range(10),
    success: fc.boolean(),
    completion: fc.boolean(),
  };
  // One, two or three of them: more find nothing.
  return fc
    .uniqueArray(fc.constantFrom(...Object.keys(all)), { minLength: 1, maxLength: 3 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, all[name]!]))));
}
