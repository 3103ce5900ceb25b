import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author, type Shown } from '../support/author.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

const option = (text: string, correct: boolean) => ({ text, correct });

describe('every type of element', () => {
  let section: Shown;
  let scenario: Shown;

  beforeAll(async () => {
    ({ section } = await author.emptyPage('every-type'));
    scenario = await author.scenario(section.id);
  });

  it('is created below its parent, read back with its own fields, changed and deleted', async () => {
    const page = await author.page(section.id, 'Reading');
    const created = await author.mutate(
      'createBlock',
      { parentId: page.id, content: { callout: { tone: 'TIP', body: 'Ask first.' } } },
      'created block { __typename id revision ... on CalloutBlock { tone title body } }',
    );
    expect(created).toMatchObject({
      created: true,
      block: { __typename: 'CalloutBlock', revision: 1, tone: 'TIP', title: null, body: 'Ask first.' },
    });

    const { id } = created['block'] as Shown;
    const updated = await author.mutate(
      'updateBlock',
      { id, expectedRevision: 1, content: { callout: { tone: 'WARNING', title: 'Stop', body: 'Ask first.' } } },
      'block { revision ... on CalloutBlock { tone title } }',
    );
    expect(updated['block']).toEqual({ revision: 2, tone: 'WARNING', title: 'Stop' });

    const deleted = await author.mutate('deleteElement', { id, expectedRevision: 2 }, 'deletedId');
    expect(deleted['deletedId']).toBe(id);
    expect(await author.ask('query ($id: ID!) { element(id: $id) { id } }', { id })).toEqual({ element: null });
  });

  it('is a section or a lesson with what stands below it', async () => {
    const other = await author.section(section['courseId'] as string, 'Another');
    const page = await author.page(other.id, 'Reading');
    await author.text(page.id, 'Hello');
    const answer = await author.mutate(
      'updateSection',
      { id: other.id, expectedRevision: 1, content: { title: 'Renamed' } },
      'section { title lessons { title ... on PageLesson { blocks { __typename } } } }',
    );
    expect(answer['section']).toEqual({
      title: 'Renamed',
      lessons: [{ title: 'Reading', blocks: [{ __typename: 'TextBlock' }] }],
    });
    const lesson = await author.mutate(
      'updateLesson',
      { id: page.id, expectedRevision: 1, content: { page: { title: 'Read this', optional: true } } },
      'lesson { title optional }',
    );
    expect(lesson['lesson']).toEqual({ title: 'Read this', optional: true });
  });

  it('is a question of an assessment, with ids for the options that have none', async () => {
    const assessment = await author.create('Lesson', section.id, {
      assessment: { title: 'Test', passMark: 80, feedback: 'AT_THE_END' },
    });
    const content = { singleChoice: { prompt: 'Which?', options: [option('This', true), option('That', false)] } };
    const question = await author.create('Question', assessment.id, content);
    const fields = '... on SingleChoiceQuestion { prompt options { id text correct } }';
    const answer = await author.mutate(
      'updateQuestion',
      {
        id: question.id,
        expectedRevision: 1,
        content: { singleChoice: { ...content.singleChoice, prompt: 'Which one?' } },
      },
      `question { ${fields} }`,
    );
    expect(answer['question']).toEqual({
      prompt: 'Which one?',
      options: [
        { id: 'a', text: 'This', correct: true },
        { id: 'b', text: 'That', correct: false },
      ],
    });
  });

  it('is a variable, a node or a way out of a scenario', async () => {
    const trust = await author.create('ScenarioVariable', scenario.id, {
      number: { name: 'Trust', minimum: 0, maximum: 10, initial: 5 },
    });
    const decision = await author.create('ScenarioNode', scenario.id, { decision: { prompt: 'What now?' } });
    const ending = await author.create('ScenarioNode', scenario.id, {
      ending: { title: 'Well done', outcome: 'GOOD', score: 100, body: 'They are glad.' },
    });
    const choice = await author.create('ScenarioExit', decision.id, {
      choice: { text: 'Answer', target: ending.id, effects: [{ variable: trust.id, operation: 'ADD', number: 2 }] },
    });
    await author.mutate(
      'updateScenarioVariable',
      {
        id: trust.id,
        expectedRevision: 1,
        content: { number: { name: 'Trust', minimum: 0, maximum: 20, initial: 5 } },
      },
      'scenarioVariable { id }',
    );
    await author.mutate(
      'updateScenarioNode',
      { id: decision.id, expectedRevision: 1, content: { decision: { prompt: 'And now?' } } },
      'scenarioNode { id }',
    );
    await author.mutate(
      'updateScenarioExit',
      { id: choice.id, expectedRevision: 1, content: { choice: { text: 'Answer politely', target: ending.id } } },
      'scenarioExit { id }',
    );
    const query = `query ($id: ID!) { element(id: $id) { ... on ScenarioLesson {
      variables { name ... on NumberVariable { maximum } }
      nodes { __typename ... on DecisionNode { prompt choices { text target effects { number } } } } } } }`;
    expect(await author.ask(query, { id: scenario.id })).toEqual({
      element: {
        variables: [{ name: 'Trust', maximum: 20 }],
        nodes: [
          {
            __typename: 'DecisionNode',
            prompt: 'And now?',
            choices: [{ text: 'Answer politely', target: ending.id, effects: null }],
          },
          { __typename: 'EndingNode' },
        ],
      },
    });
  });

  it('may hold a question of any kind inside a block', async () => {
    const page = await author.page(section.id);
    const question = { trueFalse: { prompt: 'It is so.', answer: true } };
    const answer = await author.mutate(
      'createBlock',
      { parentId: page.id, content: { knowledgeCheck: { question } } },
      'block { ... on KnowledgeCheckBlock { question { __typename ... on TrueFalseQuestionContent { prompt answer } } } }',
    );
    expect(answer['block']).toEqual({
      question: { __typename: 'TrueFalseQuestionContent', prompt: 'It is so.', answer: true },
    });
  });
});

describe('a wrong element is refused', () => {
  let page: Shown;
  let section: Shown;

  beforeAll(async () => {
    ({ page, section } = await author.emptyPage('refused'));
  });

  const refused = (name: string, input: Record<string, unknown>) => author.mutate(name, input, '__typename');

  it('with every problem of its content and the place of each in the input', async () => {
    const question = {
      singleChoice: { prompt: ' ', options: [option('a\nb', true), option('b', false)], weight: 1_000 },
    };
    const answer = await refused('createBlock', { parentId: page.id, content: { knowledgeCheck: { question } } });
    const at = (...path: string[]) => ['content', 'knowledgeCheck', 'question', 'singleChoice', ...path];
    expect(answer.code).toBe('VALIDATION_FAILED');
    expect(answer.problems).toEqual([
      { code: 'RULE_BROKEN', message: 'prompt must not be empty.', path: at('prompt') },
      { code: 'OUT_OF_RANGE', message: 'weight must be at most 100.', path: at('weight') },
    ]);
  });

  it('below a parent that cannot have it', async () => {
    const answer = await refused('createQuestion', {
      parentId: page.id,
      content: { trueFalse: { prompt: 'So?', answer: true } },
    });
    expect(answer.problems).toMatchObject([{ code: 'WRONG_PLACE', path: ['parentId'] }]);
    expect(answer.problems![0]!.message).toContain('below a lesson of the kind page');
  });

  it('below a parent that does not exist, or whose id is no id', async () => {
    for (const parentId of ['00000000-0000-7000-8000-000000000000', 'nonsense']) {
      const answer = await refused('createBlock', { parentId, content: { text: { body: 'Hello' } } });
      expect(answer).toMatchObject({ __typename: 'NotFoundError', path: ['parentId'] });
    }
  });

  it('at a position behind the end of the list', async () => {
    const answer = await refused('createBlock', {
      parentId: page.id,
      position: 1,
      content: { text: { body: 'Hello' } },
    });
    expect(answer.problems).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['position'] }]);
  });

  it('with an asset that the organization does not have', async () => {
    const answer = await refused('createBlock', {
      parentId: page.id,
      content: { image: { asset: '00000000-0000-7000-8000-000000000000', decorative: true } },
    });
    expect(answer.problems).toMatchObject([{ code: 'UNKNOWN_ASSET', path: ['content', 'image', 'asset'] }]);
  });

  it('with a way out that leads out of its scenario', async () => {
    const [here, there] = [await author.scenario(section.id), await author.scenario(section.id)];
    const decision = await author.create('ScenarioNode', here.id, { decision: { prompt: 'What now?' } });
    const elsewhere = await author.create('ScenarioNode', there.id, { decision: { prompt: 'Elsewhere' } });
    const answer = await refused('createScenarioExit', {
      parentId: decision.id,
      content: {
        choice: { text: 'Go', target: elsewhere.id, effects: [{ variable: 'v', operation: 'SET', boolean: true }] },
      },
    });
    expect(answer.problems).toMatchObject([
      { code: 'UNKNOWN_NODE', path: ['content', 'choice', 'target'] },
      { code: 'UNKNOWN_VARIABLE', path: ['content', 'choice', 'effects', '0', 'variable'] },
    ]);
  });

  it('as an edge of a decision', async () => {
    const scenario = await author.scenario(section.id);
    const decision = await author.create('ScenarioNode', scenario.id, { decision: { prompt: 'What now?' } });
    const answer = await refused('createScenarioExit', {
      parentId: decision.id,
      content: { edge: { target: decision.id } },
    });
    expect(answer.problems).toMatchObject([{ code: 'WRONG_PLACE' }]);
  });

  it('when it is changed to another kind', async () => {
    const block = await author.text(page.id, 'Hello');
    const content = { heading: { level: 2, text: 'Hello' } };
    const answer = await refused('updateBlock', { id: block.id, expectedRevision: 1, content });
    expect(answer.problems).toMatchObject([{ code: 'KIND_CHANGED', path: ['content', 'heading'] }]);
  });

  it('when it is changed as an element of another type', async () => {
    const answer = await refused('updateBlock', {
      id: page.id,
      expectedRevision: 1,
      content: { text: { body: 'Hello' } },
    });
    expect(answer.__typename).toBe('NotFoundError');
  });

  it('when someone else changed it meanwhile, with the element as it is now', async () => {
    const block = await author.text(page.id, 'First');
    const change = { id: block.id, expectedRevision: 1, content: { text: { body: 'Second' } } };
    await author.mutate('updateBlock', change, '__typename');
    for (const answer of [
      await refused('updateBlock', change),
      await refused('deleteElement', { id: block.id, expectedRevision: 1 }),
    ]) {
      expect(answer).toMatchObject({
        __typename: 'ElementConflictError',
        code: 'REVISION_CONFLICT',
        currentRevision: 2,
        current: { id: block.id, revision: 2 },
      });
    }
  });
});

describe('an external id', () => {
  it('finds the element that is to be updated instead of created', async () => {
    const { page } = await author.emptyPage('upsert');
    const first = await author.text(page.id, 'One', { externalId: 'intro' });
    const again = await author.mutate(
      'createBlock',
      { parentId: page.id, externalId: 'intro', content: { text: { body: 'Two' } } },
      'created block { id revision }',
    );
    expect(again).toMatchObject({ created: false, block: { id: first.id, revision: 2 } });
    expect(await author.textsOf(page.id)).toEqual(['Two']);
  });

  it('belongs to one type of element in a course', async () => {
    const { page, section } = await author.emptyPage('one-type');
    await author.text(page.id, 'One', { externalId: 'intro' });
    const input = { parentId: section.id, externalId: 'intro', content: { page: { title: 'Intro' } } };
    expect(await author.mutate('createLesson', input, '__typename')).toMatchObject({
      code: 'CONFLICT',
      path: ['externalId'],
    });
  });
});

describe('an idempotency key', () => {
  it('creates once, and is refused with another input', async () => {
    const { page } = await author.emptyPage('once');
    const input = { parentId: page.id, idempotencyKey: 'block-1', content: { text: { body: 'One' } } };
    const [first, second] = [
      await author.mutate('createBlock', input, 'block { id }'),
      await author.mutate('createBlock', input, 'block { id }'),
    ];
    expect(second).toEqual(first);
    expect(await author.textsOf(page.id)).toEqual(['One']);
    const other = await author.mutate('createBlock', { ...input, content: { text: { body: 'Two' } } }, '__typename');
    expect(other).toMatchObject({ code: 'CONFLICT', path: ['idempotencyKey'] });
  });
});
