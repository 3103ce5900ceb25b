import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author, type Shown } from '../support/author.js';
import { importSampleCourse } from '../support/sample-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const REPORT = `query ($id: ID!) { scenarioReport(lessonId: $id) {
  __typename
  ... on ScenarioReport {
    exact
    problems { code severity message hint path elementId trail }
    counts { nodes decisions choices endings variables situations }
    score { minimum maximum expected }
    paths { count capped }
    readingSeconds { minimum mean maximum }
    bias { decisions longestIsRight firstIsRight }
  }
  ... on UserError { code path }
} }`;

interface Report {
  readonly __typename: string;
  readonly problems: { code: string; elementId: string | null; trail: string[] | null; path: string[] }[];
  readonly [field: string]: unknown;
}

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

const reportOn = async (id: string) => (await author.ask<{ scenarioReport: Report }>(REPORT, { id })).scenarioReport;

describe('scenarioReport', () => {
  it('plays a scenario of the sample course in every way', async () => {
    const idOf = await importSampleCourse(author);
    const report = await reportOn(idOf('scenario-crisis'));
    expect(report).toMatchObject({
      __typename: 'ScenarioReport',
      exact: true,
      problems: [],
      counts: { nodes: 20, decisions: 6, choices: 20, endings: 4, variables: 6 },
      score: { minimum: 20, maximum: 100 },
      paths: { capped: false },
    });
    const { minimum, mean, maximum } = report['readingSeconds'] as Record<'minimum' | 'mean' | 'maximum', number>;
    expect(minimum).toBeLessThan(mean);
    expect(mean).toBeLessThan(maximum);
  });

  it('follows the draft: a problem is there when it is made, and gone when it is mended', async () => {
    const { section } = await author.emptyPage('a-dead-end');
    const lesson = await author.scenario(section.id);
    const start = await author.create('ScenarioNode', lesson.id, { decision: { prompt: 'What now?' } });
    const scene = await author.create('ScenarioNode', lesson.id, { scene: { body: 'You wait.' } });
    const choice = await author.create('ScenarioExit', start.id, {
      choice: { text: 'Wait', feedback: 'Hm.', target: scene.id },
    });

    const before = await reportOn(lesson.id);
    expect(before.problems).toEqual([
      expect.objectContaining({ code: 'NO_ENDING', severity: 'ERROR', elementId: null, path: [], trail: null }),
      expect.objectContaining({ code: 'DEAD_END', elementId: scene.id, path: ['nodes', '1'], trail: [choice.id] }),
    ]);

    const content = { ending: { title: 'Over', outcome: 'POOR', score: 10, body: 'Too late.' } };
    const ending: Shown = await author.create('ScenarioNode', lesson.id, content);
    await author.create('ScenarioExit', scene.id, { edge: { target: ending.id } });
    const after = await reportOn(lesson.id);
    expect(after).toMatchObject({
      problems: [],
      score: { minimum: 10, maximum: 10, expected: 10 },
      paths: { count: 1 },
    });
  });

  it('knows nothing of an id that is no scenario', async () => {
    const { page } = await author.emptyPage('no-scenario');
    for (const id of [page.id, '018f0000-0000-7000-8000-000000000000']) {
      expect(await reportOn(id)).toMatchObject({ __typename: 'NotFoundError', code: 'NOT_FOUND', path: ['lessonId'] });
    }
  });

  it('is only for those who may author', async () => {
    const { errors } = await service.graphql(REPORT, { id: '018f0000-0000-7000-8000-000000000000' }, null);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
