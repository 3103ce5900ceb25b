import { randomUUID } from 'node:crypto';
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

const move = (input: Record<string, unknown>) =>
  author.mutate('moveElement', input, 'element { id position parentId revision }');
const copy = (input: Record<string, unknown>) =>
  author.mutate('copyElement', input, 'element { id position parentId revision externalId }');

async function pageOf(slug: string, ...bodies: string[]) {
  const made = await author.emptyPage(slug);
  const blocks: Shown[] = [];
  for (const body of bodies) blocks.push(await author.text(made.page.id, body));
  return { ...made, blocks };
}

/** A scenario of a decision that leads to itself when a variable allows it. */
async function loopingScenario(sectionId: string) {
  const lesson = await author.scenario(sectionId);
  const trust = await author.create('ScenarioVariable', lesson.id, { boolean: { name: 'Trust', initial: true } });
  const decision = await author.create('ScenarioNode', lesson.id, { decision: { prompt: 'What now?' } });
  await author.create('ScenarioExit', decision.id, {
    choice: {
      text: 'Again',
      target: decision.id,
      guard: { match: 'ALL', conditions: [{ variable: trust.id, operator: 'EQUAL', boolean: true }] },
    },
  });
  return { lesson, decision };
}

const SCENARIO = `... on ScenarioLesson {
  variables { id }
  nodes { id ... on DecisionNode { choices { id target guard { conditions { variable } } } } } }`;

interface ScenarioShown {
  variables: { id: string }[];
  nodes: { id: string; choices: { id: string; target: string; guard: { conditions: { variable: string }[] } }[] }[];
}

describe('moving an element', () => {
  it('changes its place in its list and no other order', async () => {
    const { page, blocks } = await pageOf('reorder', 'a', 'b', 'c', 'd');
    const answer = await move({ id: blocks[3]!.id, position: 1, expectedRevision: 1 });
    expect(answer['element']).toMatchObject({ position: 1, revision: 2 });
    expect(await author.textsOf(page.id)).toEqual(['a', 'd', 'b', 'c']);
    await move({ id: blocks[0]!.id });
    expect(await author.textsOf(page.id)).toEqual(['d', 'b', 'c', 'a']);
  });

  it('takes it to another parent of the course, with everything below it', async () => {
    const { course, section, page } = await pageOf('reparent', 'a');
    const other = await author.section(course.id, 'Other');
    await author.page(other.id, 'There');
    const answer = await move({ id: page.id, parentId: other.id, position: 0 });
    expect(answer['element']).toMatchObject({ parentId: other.id, position: 0 });
    expect(await author.textsOf(page.id)).toEqual(['a']);
    const query = `query ($id: ID!) { course(id: $id) { sections { id lessons { title position } } } }`;
    expect(await author.ask(query, { id: course.id })).toEqual({
      course: {
        sections: [
          { id: section.id, lessons: [] },
          {
            id: other.id,
            lessons: [
              { title: 'Page', position: 0 },
              { title: 'There', position: 1 },
            ],
          },
        ],
      },
    });
  });

  it('is refused below what cannot have it, in another course, behind the end, and with an old revision', async () => {
    const { section, blocks } = await pageOf('stay', 'a', 'b');
    const elsewhere = await author.emptyPage('elsewhere');
    const id = blocks[0]!.id;
    expect((await move({ id, parentId: section.id })).problems).toMatchObject([{ code: 'WRONG_PLACE' }]);
    expect((await move({ id, parentId: elsewhere.page.id })).problems).toMatchObject([{ code: 'OTHER_COURSE' }]);
    expect((await move({ id, position: 2 })).problems).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['position'] }]);
    expect(await move({ id, position: 1, expectedRevision: 7 })).toMatchObject({
      code: 'REVISION_CONFLICT',
      currentRevision: 1,
    });
    expect(await move({ id: randomUUID(), position: 0 })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('copying an element', () => {
  it('puts the copy right behind the original, without its external id', async () => {
    const { page, blocks } = await pageOf('copy-behind', 'a', 'b');
    await author.text(page.id, 'named', { externalId: 'named', position: 0 });
    const answer = await copy({ id: blocks[0]!.id });
    expect(answer['element']).toMatchObject({ position: 2, revision: 1, externalId: null });
    expect(await author.textsOf(page.id)).toEqual(['named', 'a', 'a', 'b']);
  });

  it('leads references inside the copy to the copies', async () => {
    const { section } = await pageOf('copy-scenario');
    const { lesson } = await loopingScenario(section.id);
    const answer = await author.mutate('copyElement', { id: lesson.id }, `element { ${SCENARIO} }`);
    const scenario = answer['element'] as ScenarioShown;
    const [node] = scenario.nodes;
    expect(node!.choices[0]!.target).toBe(node!.id);
    expect(node!.choices[0]!.guard.conditions[0]!.variable).toBe(scenario.variables[0]!.id);
    const original = await author.ask<{ element: ScenarioShown }>(
      `query ($id: ID!) { element(id: $id) { ${SCENARIO} } }`,
      {
        id: lesson.id,
      },
    );
    expect(original.element.nodes[0]!.id).not.toBe(node!.id);
    expect(original.element.nodes[0]!.choices[0]!.target).toBe(original.element.nodes[0]!.id);
  });

  it('takes it to another course', async () => {
    const { page } = await pageOf('copy-from', 'a', 'b');
    const there = await author.emptyPage('copy-to');
    const answer = await copy({ id: page.id, parentId: there.section.id, position: 0 });
    const element = answer['element'] as Shown;
    expect(element).toMatchObject({ parentId: there.section.id, position: 0 });
    expect(await author.textsOf(element.id)).toEqual(['a', 'b']);
  });

  it('is refused where its references would lead nowhere', async () => {
    const { section } = await pageOf('copy-dangling');
    const [here, there] = [await loopingScenario(section.id), await loopingScenario(section.id)];
    const query = `query ($id: ID!) { element(id: $id) { ${SCENARIO} } }`;
    const { element } = await author.ask<{ element: ScenarioShown }>(query, { id: here.lesson.id });
    const answer = await copy({ id: element.nodes[0]!.choices[0]!.id, parentId: there.decision.id });
    expect(answer.problems).toMatchObject([{ code: 'UNKNOWN_NODE' }, { code: 'UNKNOWN_VARIABLE' }]);
  });
});

describe('deleting an element', () => {
  it('deletes everything below it and closes the gap', async () => {
    const { page, section } = await pageOf('delete', 'a', 'b');
    const second = await author.page(section.id, 'Second');
    await author.mutate('deleteElement', { id: page.id, expectedRevision: 1 }, 'deletedId');
    const query = `query ($a: ID!, $b: ID!) { gone: element(id: $a) { id } left: element(id: $b) { position } }`;
    expect(await author.ask(query, { a: page.id, b: second.id })).toEqual({ gone: null, left: { position: 0 } });
  });
});
