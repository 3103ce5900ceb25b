import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author } from '../support/author.js';
import { importSampleCourse } from '../support/sample-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const GRADE = `query ($id: ID!, $response: QuestionResponseInput!) { gradeAnswer(elementId: $id, response: $response) {
  __typename
  ... on GradedAnswer { result score scored feedback }
  ... on UserError { code path }
  ... on ValidationError { problems { code path hint } }
} }`;

let service: TestApp;
let author: Author;
let idOf: (externalId: string) => string;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
  idOf = await importSampleCourse(author);
}, 60_000);
afterAll(() => service.close());

const grade = async (externalId: string, response: Record<string, unknown>) =>
  (await author.ask<{ gradeAnswer: Record<string, unknown> }>(GRADE, { id: idOf(externalId), response })).gradeAnswer;

describe('gradeAnswer', () => {
  it.each<[string, Record<string, unknown>, string, number]>([
    ['q-voice-rewrite', { singleChoice: 'b' }, 'CORRECT', 1],
    ['q-voice-rewrite', { singleChoice: 'd' }, 'PARTIAL', 0.7],
    ['q-policy-scope', { multipleChoice: ['b', 'c', 'd'] }, 'CORRECT', 1],
    ['q-policy-scope', { multipleChoice: ['a'] }, 'INCORRECT', 0],
    ['q-platform-bait', { trueFalse: true }, 'CORRECT', 1],
    [
      'q-strategy-goals',
      {
        matching: [
          { source: 'a', target: 'a' },
          { source: 'b', target: 'b' },
          { source: 'c', target: 'c' },
        ],
      },
      'CORRECT',
      1,
    ],
    ['q-crisis-order', { ordering: ['a', 'b', 'd', 'c'] }, 'PARTIAL', 0.5],
    ['q-disclosure-phrase', { fillIn: ' Work  for ' }, 'CORRECT', 1],
    ['q-risk-numbers', { numeric: 40 }, 'INCORRECT', 0],
    ['q-confidence-reply', { likert: 'c' }, 'NEUTRAL', 0],
  ])('grades an answer to %s: %j', async (question, response, result, score) => {
    expect(await grade(question, response)).toMatchObject({ __typename: 'GradedAnswer', result, score });
  });

  it('tells what the learner would read, and whether the question counts', async () => {
    expect(await grade('q-crisis-order', { ordering: ['a', 'b', 'c', 'd'] })).toMatchObject({
      scored: true,
      feedback: ['Acknowledge, protect, one voice, keep your word.'],
    });
    expect(await grade('q-confidence-reply', { likert: 'a' })).toMatchObject({ scored: false, feedback: [] });
  });

  it('tries the question of a knowledge check as well', async () => {
    expect(await grade('risks-check-start', { singleChoice: 'd' })).toMatchObject({ result: 'CORRECT', score: 1 });
  });

  it('says which field to give when the answer is to another kind of question', async () => {
    expect(await grade('q-platform-bait', { fillIn: 'true' })).toMatchObject({
      __typename: 'ValidationError',
      problems: [{ code: 'WRONG_KIND', path: ['response', 'trueFalse'], hint: 'Give the field trueFalse.' }],
    });
  });

  it('refuses an answer that does not fit the question', async () => {
    expect(await grade('q-voice-rewrite', { singleChoice: 'zz' })).toMatchObject({
      __typename: 'ValidationError',
      problems: [{ code: 'NOT_AN_ANSWER', path: ['response', 'singleChoice'] }],
    });
  });

  it('takes exactly one field', async () => {
    const variables = { id: idOf('q-platform-bait'), response: { trueFalse: true, numeric: 1 } };
    const { errors } = await service.graphql(GRADE, variables);
    expect(errors?.[0]?.message).toContain('QuestionResponseInput');
  });

  it('knows nothing of an id that is no question', async () => {
    expect(await grade('why-opening', { trueFalse: true })).toMatchObject({ code: 'NOT_FOUND', path: ['elementId'] });
  });
});
