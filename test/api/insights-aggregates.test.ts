import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { withClient } from '../../src/platform/database/server.js';
import { activityOf, fits, flagOf, inContext, scaledOf, secondsOf, typeOf } from '../support/plain-insights.js';
import type { Filter } from '../support/plain-insights.js';
import { World } from '../support/random-statements.js';
import { minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const MEASURES = `count distinctActors distinctActivities successRate averageSeconds
  scaled { count average min max median } scaledHistogram { from to count } secondsHistogram { from to count }`;
const KEYS = `verb { id } activity { id } activityType actor { mbox } parent { id } registration response success completion from to`;

interface Aggregate {
  __typename: string;
  total: Json;
  groups: Json[];
  others: Json | null;
  groupCount: number;
  problems?: Json[];
}

async function aggregate(variables: Json, selection = `groups { ${KEYS} ${MEASURES} }`): Promise<Aggregate> {
  const { data, errors } = await app.graphql<{ statementAggregate: Aggregate }>(
    `query ($filter: StatementFilter, $groupBy: [StatementDimension!], $timeZone: String, $first: Int, $scaledBounds: [Float!], $secondsBounds: [Float!]) {
       statementAggregate(filter: $filter, groupBy: $groupBy, timeZone: $timeZone, first: $first, scaledBounds: $scaledBounds, secondsBounds: $secondsBounds) {
         __typename ... on StatementAggregate { total { ${MEASURES} } ${selection} others { ${MEASURES} } groupCount consistentThrough }
         ... on ValidationError { problems { code path hint } } } }`,
    variables,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.statementAggregate;
}

const BOUNDS = { scaledBounds: [-0.5, 0, 0.5, 1], secondsBounds: [10, 30] };

const actorOf = ({ actor }: Json) => (actor as Json)['mbox'] as string | undefined;

/** What a statement is put into the groups of, by dimension. */
const GROUPS: Readonly<Record<string, (statement: Json) => (string | boolean | null)[]>> = {
  VERB: ({ verb }) => [(verb as Json)['id'] as string],
  ACTIVITY: (statement) => [activityOf(statement) ?? null],
  ACTIVITY_TYPE: (statement) => [typeOf(statement) ?? null],
  ACTOR: (statement) => [actorOf(statement) ?? null],
  PARENT: (statement) => (inContext(statement, 'parent').length > 0 ? inContext(statement, 'parent') : [null]),
  REGISTRATION: ({ context }) => [((context as Json | undefined)?.['registration'] as string | undefined) ?? null],
  RESPONSE: ({ result }) => [((result as Json | undefined)?.['response'] as string | undefined) ?? null],
  SUCCESS: (statement) => [flagOf(statement, 'success') ?? null],
  COMPLETION: (statement) => [flagOf(statement, 'completion') ?? null],
};

/** The same of a group as it is shown. */
function shownKey(dimension: string, group: Json): unknown {
  const inner = (name: string, part: string) => (group[name] as Json | null)?.[part] ?? null;
  if (dimension === 'VERB') return inner('verb', 'id');
  if (dimension === 'ACTIVITY') return inner('activity', 'id');
  if (dimension === 'ACTOR') return inner('actor', 'mbox');
  if (dimension === 'PARENT') return inner('parent', 'id');
  return group[dimension === 'ACTIVITY_TYPE' ? 'activityType' : dimension.toLowerCase()];
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(6)));

const average = (values: readonly number[]): number | null =>
  values.length === 0 ? null : rounded(values.reduce((sum, value) => sum + value, 0) / values.length);

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return sorted.length === 0 ? null : average([sorted[Math.floor(middle)]!, sorted[Math.ceil(middle)]!]);
}

const histogram = (values: readonly number[], bounds: readonly number[]) =>
  [...bounds, null].map((to, index) => {
    const from = bounds[index - 1] ?? null;
    const count = values.filter((value) => (from === null || value >= from) && (to === null || value < to)).length;
    return { from, to, count };
  });

function measure(statements: readonly Json[]): Json {
  const scores = statements.flatMap((statement) => scaledOf(statement) ?? []);
  const seconds = statements.flatMap((statement) => secondsOf(statement) ?? []);
  const decided = statements.flatMap((statement) => flagOf(statement, 'success') ?? []);
  const different = (values: readonly (string | undefined)[]) => new Set(values.filter(Boolean)).size;
  return {
    count: statements.length,
    distinctActors: different(statements.map(actorOf)),
    distinctActivities: different(statements.map(activityOf)),
    successRate: decided.length === 0 ? null : rounded(decided.filter(Boolean).length / decided.length),
    averageSeconds: average(seconds),
    scaled: {
      count: scores.length,
      average: average(scores),
      min: scores.length === 0 ? null : Math.min(...scores),
      max: scores.length === 0 ? null : Math.max(...scores),
      median: median(scores),
    },
    scaledHistogram: histogram(scores, BOUNDS.scaledBounds),
    secondsHistogram: histogram(seconds, BOUNDS.secondsBounds),
  };
}

/** Measures as they are shown, with numbers rounded as those that they are compared with. */
function shownMeasures(shown: Json): Json {
  const { count, distinctActors, distinctActivities, scaledHistogram, secondsHistogram } = shown;
  const scaled = shown['scaled'] as Json;
  return {
    ...{ count, distinctActors, distinctActivities, scaledHistogram, secondsHistogram },
    successRate: rounded(shown['successRate'] as number | null),
    averageSeconds: rounded(shown['averageSeconds'] as number | null),
    scaled: {
      ...scaled,
      average: rounded(scaled['average'] as number | null),
      median: rounded(scaled['median'] as number | null),
    },
  };
}

describe('an aggregate of statements', () => {
  const world = new World();
  const sent = fc.sample(world.statement(), { numRuns: 150, seed: 21 });
  const ours = { verbs: world.verbs };
  beforeAll(() => post(app, sent));

  function expectedGroups(statements: readonly Json[], groupBy: readonly string[]): Map<string, Json> {
    const groups = new Map<string, Json[]>();
    for (const statement of statements) {
      const [first = [null], second = [null]] = groupBy.map((dimension) => GROUPS[dimension]!(statement));
      for (const key of first.flatMap((one) => second.map((other) => JSON.stringify([one, other])))) {
        groups.set(key, [...(groups.get(key) ?? []), statement]);
      }
    }
    return new Map([...groups].map(([key, members]) => [key, measure(members)]));
  }

  const questions: [string, string[], Filter][] = [
    ...Object.keys(GROUPS).map((dimension): [string, string[], Filter] => [dimension, [dimension], {}]),
    ['VERB and SUCCESS', ['VERB', 'SUCCESS'], {}],
    ['PARENT and ACTOR', ['PARENT', 'ACTOR'], {}],
    ['ACTOR of those that succeeded', ['ACTOR'], { success: true }],
    ['ACTIVITY with a score', ['ACTIVITY'], { scaled: { min: 0 } }],
  ];

  it.each(questions)('by %s is what the statements add up to', async (_, groupBy, filter) => {
    const chosen = sent.filter((statement) => fits(statement, filter));
    const answer = await aggregate({ filter: { ...filter, ...ours }, groupBy, first: 500, ...BOUNDS });
    expect(shownMeasures(answer.total)).toEqual(measure(chosen));
    const expected = expectedGroups(chosen, groupBy);
    const found = answer.groups.map((group): [string, Json] => {
      const keys = groupBy.map((dimension) => shownKey(dimension, group));
      return [JSON.stringify([keys[0], keys[1] ?? null]), shownMeasures(group)];
    });
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    expect(answer).toMatchObject({ groupCount: expected.size, others: null });
    const counts = answer.groups.map(({ count }) => count as number);
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
  });

  it('lists the largest groups, and adds up the others', async () => {
    const answer = await aggregate({ filter: ours, groupBy: ['ACTIVITY'], first: 2, ...BOUNDS });
    const listed = answer.groups.map((group) => shownKey('ACTIVITY', group));
    const rest = sent.filter((statement) => !listed.includes(activityOf(statement) ?? null));
    expect(listed).toHaveLength(2);
    expect(shownMeasures(answer.others!)).toEqual(measure(rest));
    expect(answer.groupCount).toBe(6);
  });

  it('has every day of the time span, also those without statements, by the days of the time zone', async () => {
    const timestamp = { from: '2026-03-01T00:00:00+01:00', to: '2026-04-01T00:00:00+02:00' };
    const answer = await aggregate({
      filter: { ...ours, timestamp },
      groupBy: ['DAY'],
      timeZone: 'Europe/Zurich',
      ...BOUNDS,
    });
    const dayOf = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Zurich', dateStyle: 'short' });
    const days = Array.from({ length: 31 }, (_, index) => `2026-03-${String(index + 1).padStart(2, '0')}`);
    expect(answer.groups.map(({ from }) => dayOf.format(new Date(from as string)))).toEqual(days);
    // The clocks go forward on the 29th: it has 23 hours.
    const hours = answer.groups.map(
      ({ from, to }) => (Date.parse(to as string) - Date.parse(from as string)) / 3_600_000,
    );
    expect(hours).toEqual(days.map((day) => (day === '2026-03-29' ? 23 : 24)));
    const ofDay = (day: string) => sent.filter(({ timestamp: at }) => dayOf.format(new Date(at as string)) === day);
    expect(answer.groups.map(shownMeasures)).toEqual(days.map((day) => measure(ofDay(day))));
    expect(answer.groups.some(({ count }) => count === 0)).toBe(true);
  });

  it('has the series of each of the largest groups', async () => {
    const answer = await aggregate({ filter: ours, groupBy: ['MONTH', 'VERB'], first: 2 }, `groups { ${KEYS} count }`);
    const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'];
    const ofVerb = (verb: string) => sent.filter((statement) => GROUPS['VERB']!(statement)[0] === verb);
    const largest = [...world.verbs].sort((one, other) => ofVerb(other).length - ofVerb(one).length).slice(0, 2);
    expect(answer.groups.map(({ verb, from, count }) => [(verb as Json)['id'], from, count])).toEqual(
      largest.flatMap((verb) =>
        months.map((month) => [
          verb,
          `${month}T00:00:00.000Z`,
          ofVerb(verb).filter(({ timestamp }) => (timestamp as string).startsWith(month.slice(0, 7))).length,
        ]),
      ),
    );
    expect(answer).toMatchObject({ groupCount: 4, others: { count: expect.any(Number) } });
  });

  it('begins weeks on Monday', async () => {
    const { groups } = await aggregate({ filter: ours, groupBy: ['WEEK'] }, 'groups { from }');
    expect(new Set(groups.map(({ from }) => new Date(from as string).getUTCDay()))).toEqual(new Set([1]));
  });

  it('is all zero where there is nothing', async () => {
    const answer = await aggregate({ filter: { verbs: ['http://example.com/never'] }, groupBy: ['DAY'] });
    expect(answer).toMatchObject({
      total: { count: 0, distinctActors: 0, scaled: { count: 0, average: null } },
      groups: [],
    });
  });

  it('shows names: of activities, verbs and people, as the latest statements tell them', async () => {
    const verb = { id: `http://example.com/verbs/${randomUUID()}`, display: { en: 'tried', de: 'versuchte' } };
    const object = (name: string) => ({
      id: `${verb.id}/activity`,
      definition: { name: { en: name }, type: `${verb.id}/type` },
    });
    const actor = (name: string) => ({ name, account: { homePage: 'https://lms.example.com', name: verb.id } });
    await post(app, minimalStatement({ verb, object: object('Old'), actor: actor('Old name') }));
    await post(app, minimalStatement({ verb, object: object('New'), actor: actor('New name') }));
    const ask = async (groupBy: string[]) =>
      (
        await aggregate(
          { filter: { verbs: [verb.id] }, groupBy },
          'groups { count verb { display(language: "de") } activity { name type } actor { name account { name } } }',
        )
      ).groups;
    expect(await ask(['VERB', 'ACTIVITY'])).toMatchObject([
      { count: 2, verb: { display: 'versuchte' }, activity: { name: 'New', type: `${verb.id}/type` } },
    ]);
    expect(await ask(['ACTOR'])).toMatchObject([{ actor: { name: 'New name', account: { name: verb.id } } }]);
  });

  it.each<[string, Json, string]>([
    ['the same dimension twice', { groupBy: ['VERB', 'VERB'] }, 'DUPLICATE'],
    ['two units of the calendar', { groupBy: ['DAY', 'MONTH'] }, 'CONTRADICTION'],
    ['three dimensions', { groupBy: ['VERB', 'ACTOR', 'DAY'] }, 'ARRAY_MAX_SIZE'],
    ['a time zone that is none', { groupBy: ['DAY'], timeZone: 'Mars/Olympus' }, 'UNKNOWN_TIME_ZONE'],
    ['bounds that do not ascend', { scaledBounds: [0, 0] }, 'NOT_ASCENDING'],
    ['501 groups', { groupBy: ['VERB'], first: 501 }, 'MAX'],
    [
      'a series of too many days',
      { filter: { timestamp: { from: '2000-01-01T00:00:00Z' } }, groupBy: ['DAY'] },
      'TOO_MANY_GROUPS',
    ],
  ])('is refused for %s', async (_, variables, code) => {
    const answer = await aggregate(variables);
    expect(answer).toMatchObject({ __typename: 'ValidationError', problems: [{ code }] });
  });

  it('needs the scope', async () => {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "writer", scopes: [STATEMENTS_WRITE] }) { ... on CreateApiKeySuccess { credentials } } }`,
    );
    const ask = '{ statementAggregate { ... on StatementAggregate { total { count } } } }';
    const { errors } = await app.graphql(ask, {}, data.createApiKey.credentials);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a question that takes too long', () => {
  it('answers what to do about it, and breaks nothing', async () => {
    const slow = await createTestApp({ INSIGHTS_TIMEOUT_MS: '1000' });
    try {
      const answer = await withClient(slow.database.ownerUrl, async (client) => {
        await client.query('BEGIN; LOCK TABLE statement_facts IN ACCESS EXCLUSIVE MODE');
        const asked = await slow.graphql(
          `{ statementAggregate {
             __typename ... on StatementAggregate { total { count } } ... on TooCostlyError { code hint message } } }`,
        );
        await client.query('ROLLBACK');
        return asked;
      });
      expect(answer).toMatchObject({
        data: { statementAggregate: { __typename: 'TooCostlyError', code: 'TOO_COSTLY', hint: expect.any(String) } },
      });
      expect(await slow.graphql('{ statements { totalCount } }')).toMatchObject({
        data: { statements: { totalCount: 0 } },
      });
    } finally {
      await slow.close();
    }
  });
});
