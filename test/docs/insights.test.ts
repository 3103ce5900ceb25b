import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const QUESTION = 'http://example.com/questions/first-reply';
const ACCOUNT = { homePage: 'https://lms.example.com', name: 'ada' };

const verb = (name: string): Json => ({ id: `http://adlnet.gov/expapi/verbs/${name}` });

const answered = (day: string, success: boolean): Json =>
  minimalStatement({
    actor: { name: 'Ada', account: ACCOUNT },
    verb: verb('answered'),
    object: { id: QUESTION, definition: { name: { en: 'Your first reply' } } },
    result: { success, response: success ? 'b' : 'a', score: { scaled: success ? 1 : 0.25 }, duration: 'PT8S' },
    context: { contextActivities: { grouping: [{ id: 'http://example.com/courses/social-media' }] } },
    timestamp: `${day}T12:00:00+01:00`,
  });

describe('docs/records.md', () => {
  let app: TestApp;
  let examples: string[];

  beforeAll(async () => {
    app = await createTestApp();
    await post(app, [
      answered('2026-03-04', false),
      answered('2026-03-05', true),
      answered('2026-03-20', false),
      minimalStatement({ verb: verb('completed'), timestamp: '2026-03-02T23:30:00Z' }),
      minimalStatement({ verb: verb('completed'), timestamp: '2026-03-03T10:00:00Z' }),
    ]);
    const page = await readFile('docs/records.md', 'utf8');
    const start = page.indexOf('## Statements by GraphQL');
    const section = page.slice(start, page.indexOf('\n## ', start));
    examples = [...section.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, example]) => example!);
    expect(examples).toHaveLength(3);
  });
  afterAll(() => app.close());

  async function answerOf<Answer>(example: string): Promise<Answer> {
    const { data, errors } = await app.graphql(example);
    expect(errors).toBeUndefined();
    return data as Answer;
  }

  it('shows how to ask who failed a question last week', async () => {
    expect(await answerOf(examples[0]!)).toMatchObject({
      statements: {
        totalCount: 1,
        nodes: [
          {
            timestamp: '2026-03-04T11:00:00.000Z',
            actor: { name: 'Ada', account: ACCOUNT },
            result: { response: 'a', score: { scaled: 0.25 }, seconds: 8 },
          },
        ],
      },
    });
  });

  it('shows how to ask for completions a day', async () => {
    const { statementAggregate } = await answerOf<{
      statementAggregate: { groups: { from: string; count: number }[] };
    }>(examples[1]!);
    expect(statementAggregate).toMatchObject({ total: { count: 2, distinctActors: 1 } });
    expect(statementAggregate.groups).toHaveLength(31);
    // Half past eleven at night in UTC is the next day in Zurich.
    expect(statementAggregate.groups.filter(({ count }) => count > 0)).toEqual([
      { from: '2026-03-02T23:00:00.000Z', count: 2, distinctActors: 1 },
    ]);
  });

  it('shows how to ask for the questions of a course', async () => {
    expect(await answerOf(examples[2]!)).toMatchObject({
      statementAggregate: {
        groupCount: 1,
        groups: [
          {
            activity: { id: QUESTION, name: 'Your first reply' },
            count: 3,
            distinctActors: 1,
            successRate: 1 / 3,
            averageSeconds: 8,
            scaled: { average: 0.5, median: 0.25 },
            scaledHistogram: [
              { from: null, to: 0, count: 0 },
              { from: 0, to: 0.5, count: 2 },
              { from: 0.5, to: 1, count: 0 },
              { from: 1, to: null, count: 1 },
            ],
          },
        ],
        others: null,
      },
    });
  });
});
