import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { ELEMENTS, idOf, PlayerVoice, post, sessionOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const RECORD = `
  registration courseId version status progress completion success score secondsSpent startedAt lastActivityAt completedAt
  learner { name mbox account { homePage name } }
  answers { lessonId elementId attempt response correct score seconds answeredAt }
  scenarioPaths {
    lessonId run endingId outcome score endedAt
    variables { variableId number boolean }
    decisions { nodeId choiceId seconds decidedAt variablesBefore { variableId number } variablesAfter { variableId number } }
  }`;

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

async function recordOf(registration: string): Promise<Json | null> {
  const { data } = await app.graphql<{ learnerRecord: Json | null }>(
    `query ($registration: ID!) { learnerRecord(registration: $registration) { ${RECORD} } }`,
    { registration },
  );
  return data.learnerRecord;
}

async function registrationsWhere(filter: Json): Promise<string[]> {
  const { data } = await app.graphql<{ learnerRecords: { nodes: { registration: string }[] } }>(
    'query ($filter: LearnerRecordFilter) { learnerRecords(filter: $filter, first: 100) { nodes { registration } } }',
    { filter },
  );
  return data.learnerRecords.nodes.map(({ registration }) => registration);
}

describe('A learner record', () => {
  it('is what the statements of a session add up to, as soon as they are acknowledged', async () => {
    const voice = new PlayerVoice(randomUUID(), 'ada');
    await post(app, sessionOf(voice));
    expect(await recordOf(voice.registration)).toEqual({
      registration: voice.registration,
      courseId: voice.courseId,
      version: 2,
      status: 'PASSED',
      progress: 100,
      completion: true,
      success: true,
      score: 85,
      secondsSpent: 13,
      startedAt: '2026-03-01T09:00:01.000Z',
      lastActivityAt: '2026-03-01T09:00:13.000Z',
      completedAt: '2026-03-01T09:00:11.000Z',
      learner: { name: 'Learner ada', mbox: null, account: { homePage: 'https://lms.example.com', name: 'ada' } },
      answers: [
        {
          lessonId: ELEMENTS.assessment,
          elementId: ELEMENTS.question,
          attempt: 1,
          response: 'a',
          correct: false,
          score: 0,
          seconds: 4.5,
          answeredAt: '2026-03-01T09:00:06.000Z',
        },
        {
          lessonId: ELEMENTS.assessment,
          elementId: ELEMENTS.question,
          attempt: 2,
          response: 'b',
          correct: true,
          score: 100,
          seconds: 4.5,
          answeredAt: '2026-03-01T09:00:07.000Z',
        },
      ],
      scenarioPaths: [
        {
          lessonId: ELEMENTS.scenario,
          run: 1,
          endingId: ELEMENTS.ending,
          outcome: 'GOOD',
          score: 90,
          endedAt: '2026-03-01T09:00:04.000Z',
          variables: [{ variableId: ELEMENTS.trust, number: 65, boolean: null }],
          decisions: [
            {
              nodeId: ELEMENTS.decision,
              choiceId: ELEMENTS.choice,
              seconds: 7.25,
              decidedAt: '2026-03-01T09:00:03.000Z',
              variablesBefore: [{ variableId: ELEMENTS.trust, number: 50 }],
              variablesAfter: [{ variableId: ELEMENTS.trust, number: 65 }],
            },
          ],
        },
      ],
    });
  });

  it('is the same in whatever order, how often and in how many requests its statements arrive', async () => {
    const voice = new PlayerVoice(randomUUID(), 'grace');
    const session = sessionOf(voice);
    await post(app, session);
    const inOrder = await recordOf(voice.registration);

    const again = structuredClone(session).map((statement, index) => withRegistration(statement, OTHER, index));
    for (const statement of [...again].reverse()) {
      await post(app, statement);
      await recordOf(OTHER);
    }
    await post(app, again);
    expect(await recordOf(OTHER)).toEqual({ ...inOrder, registration: OTHER });
  });

  it('stays passed when a failure comes later, and tells the latest score', async () => {
    const voice = new PlayerVoice(randomUUID(), 'mary');
    await post(app, [voice.say('failed', { result: { success: false, score: { scaled: 0.4 } } })]);
    expect(await recordOf(voice.registration)).toMatchObject({ status: 'FAILED', success: false, score: 40 });
    await post(app, [voice.say('passed', { result: { success: true, score: { scaled: 0.9 } } })]);
    await post(app, [voice.say('failed', { result: { success: false, score: { scaled: 0.5 } } })]);
    expect(await recordOf(voice.registration)).toMatchObject({ status: 'PASSED', success: true, score: 50 });
  });

  it('is complete since the first completion, and knows the version and the name of the latest statement', async () => {
    const voice = new PlayerVoice(randomUUID(), 'ruth');
    const [first, second] = [voice.say('completed'), voice.say('completed')];
    await post(app, [
      {
        ...second,
        actor: { ...(second['actor'] as Json), name: 'Ruth' },
        context: { ...(second['context'] as Json), revision: '3' },
      },
      first,
    ]);
    expect(await recordOf(voice.registration)).toMatchObject({
      status: 'COMPLETED',
      completedAt: first['timestamp'],
      version: 3,
      learner: { name: 'Ruth' },
    });
  });

  it('takes voided statements out again, whichever came first, and vanishes with the last (Data 2.3.2)', async () => {
    const voice = new PlayerVoice(randomUUID(), 'joan');
    const begun = voice.say('initialized');
    const passed = voice.say('passed', { result: { success: true } });
    const voiding = ({ id }: Json) => ({
      actor: { mbox: 'mailto:admin@example.com' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id },
    });
    await post(app, voiding(passed));
    await post(app, [begun, passed]);
    expect(await recordOf(voice.registration)).toMatchObject({ status: 'IN_PROGRESS', success: null });
    await post(app, voiding(begun));
    expect(await recordOf(voice.registration)).toBeNull();
  });

  it('is made of statements about courses of the service only, and survives any content of them', async () => {
    const voice = new PlayerVoice(randomUUID(), 'eve');
    const extensions = {
      'urn:lectern:xapi:progress': 'plenty',
      'urn:lectern:xapi:run': 1,
      'urn:lectern:xapi:choice': 'nul \u0000 and half a pair \ud800',
      'urn:lectern:xapi:variables-before': [null, { __proto__: 1 }],
      'urn:lectern:xapi:variables-after': { 'a\u0000': 1 },
      'urn:lectern:xapi:seconds': -5,
    };
    await post(app, [
      voice.say('progressed', { result: { extensions } }),
      voice.say('responded', { element: ELEMENTS.decision, parent: ELEMENTS.scenario, result: { extensions } }),
      voice.say('answered', {
        element: ELEMENTS.question,
        result: { response: '\u0000\udc00', score: { raw: 7, min: 5 } },
      }),
      { ...voice.say('initialized'), object: { id: 'urn:lectern:course:not-a-uuid' } },
      { ...voice.say('initialized'), object: { id: 'http://example.com/course' } },
    ]);
    expect(await recordOf(voice.registration)).toMatchObject({
      progress: null,
      answers: [{ response: '\ufffd\ufffd', score: null, lessonId: null }],
      scenarioPaths: [
        { decisions: [{ choiceId: 'nul \ufffd and half a pair \ufffd', seconds: null, variablesBefore: [] }] },
      ],
    });
  });
});

describe('learnerRecords', () => {
  it('finds by course, version, learner, status, completion, success, registration and time', async () => {
    const courseId = randomUUID();
    const [passed, begun, other] = [
      new PlayerVoice(courseId, 'one'),
      new PlayerVoice(courseId, 'two'),
      new PlayerVoice(randomUUID(), 'two'),
    ];
    const before = new Date(Date.now() - 1).toISOString();
    await post(app, [...sessionOf(passed), begun.say('initialized'), other.say('initialized')]);
    const after = new Date(Date.now() + 1).toISOString();
    const inCourse = (filter: Json) => registrationsWhere({ courseId, ...filter });

    expect((await inCourse({})).sort()).toEqual([passed.registration, begun.registration].sort());
    expect(await inCourse({ status: 'PASSED' })).toEqual([passed.registration]);
    expect(await inCourse({ status: 'IN_PROGRESS' })).toEqual([begun.registration]);
    expect(await inCourse({ status: 'COMPLETED' })).toEqual([]);
    expect(await inCourse({ completion: true })).toEqual([passed.registration]);
    expect(await inCourse({ completion: false })).toEqual([begun.registration]);
    expect(await inCourse({ success: true })).toEqual([passed.registration]);
    expect(await inCourse({ success: false })).toEqual([]);
    expect(await inCourse({ version: 1 })).toEqual([]);
    expect(await inCourse({ version: 2, updatedSince: before, updatedUntil: after })).toHaveLength(2);
    expect(await inCourse({ updatedSince: after })).toEqual([]);
    expect(await inCourse({ updatedUntil: before })).toEqual([]);
    expect(await registrationsWhere({ registration: other.registration })).toEqual([other.registration]);
    const learner = { account: { homePage: 'https://lms.example.com', name: 'two' } };
    expect((await registrationsWhere({ learner })).sort()).toEqual([begun.registration, other.registration].sort());
  });

  it('pages by keyset, the latest change first, and counts all', async () => {
    const courseId = randomUUID();
    const voices = Array.from({ length: 5 }, (_, index) => new PlayerVoice(courseId, `pager ${index}`));
    for (const voice of voices) await post(app, voice.say('initialized'));
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const { data }: { data: { learnerRecords: RecordsPage } } = await app.graphql(
        `query ($courseId: ID!, $after: String) { learnerRecords(filter: { courseId: $courseId }, first: 2, after: $after) {
           totalCount nodes { registration } pageInfo { hasNextPage endCursor } } }`,
        { courseId, after },
      );
      expect(data.learnerRecords.totalCount).toBe(5);
      expect(data.learnerRecords.pageInfo.hasNextPage).toBe(page < 2);
      seen.push(...data.learnerRecords.nodes.map(({ registration }) => registration));
      after = data.learnerRecords.pageInfo.endCursor;
    }
    expect(seen).toEqual(voices.map(({ registration }) => registration).reverse());
  });

  it('needs the scope RECORDS_READ', async () => {
    const { data } = await app.graphql<{ createApiKey: { credentials: string } }>(
      `mutation { createApiKey(input: { name: "writer", scopes: [STATEMENTS_WRITE] }) { ... on CreateApiKeySuccess { credentials } } }`,
    );
    const { errors } = await app.graphql('{ learnerRecords { totalCount } }', {}, data.createApiKey.credentials);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

interface RecordsPage {
  totalCount: number;
  nodes: { registration: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const OTHER = randomUUID();

/** The same statement of another registration; ids sort as before, so that equal times are settled alike. */
function withRegistration(statement: Json, registration: string, index: number): Json {
  const id = `${idOf(statement).slice(0, 24)}${String(index).padStart(12, '0')}`;
  return { ...statement, id, context: { ...(statement['context'] as Json), registration } };
}
