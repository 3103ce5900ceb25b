import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Author, type Answer } from '../support/author.js';
import { courseSource } from '../support/course-source.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

const importing = (document: unknown, more: Record<string, unknown> = {}): Promise<Answer> =>
  author.mutate('importCourse', { document, ...more }, 'course { id revision treeRevision } created updated deleted');

const courseId = (answer: Answer) => (answer['course'] as { id: string }).id;

const sourceOf = async (id: string) =>
  (
    await author.ask<{ courseSource: ReturnType<typeof courseSource> }>(
      'query ($id: ID!) { courseSource(courseId: $id) }',
      { id },
    )
  ).courseSource;

/** Ids of all elements by their external ids. */
async function idsOf(id: string): Promise<Record<string, string>> {
  const query = `query ($id: ID!) { course(id: $id) { sections { id externalId lessons { id externalId
    ... on PageLesson { blocks { id externalId } }
    ... on ScenarioLesson { nodes { id externalId ... on DecisionNode { choices { id externalId target } } } } } } } }`;
  const ids: Record<string, string> = {};
  JSON.stringify(await author.ask(query, { id }), (_, value: { id?: string; externalId?: string } | null) => {
    if (value?.id !== undefined && value.externalId != null) ids[value.externalId] = value.id;
    return value;
  });
  return ids;
}

describe('importing a course', () => {
  it('makes every element of the document, with references that lead to them', async () => {
    const answer = await importing(courseSource('whole', 'whole'));
    expect(answer).toMatchObject({ __typename: 'ImportCourseSuccess', created: 12, updated: 0, deleted: 0 });
    const query = `query ($id: ID!) { course(id: $id) { externalId sections { lessons {
      ... on PageLesson { blocks { ... on ImageBlock { asset } } }
      ... on ScenarioLesson { variables { id } nodes { id ... on DecisionNode { choices { target effects { variable } } } } } } } } }`;
    type Scenario = {
      variables: { id: string }[];
      nodes: { id: string; choices?: { target: string; effects: { variable: string }[] }[] }[];
    };
    const { course } = await author.ask<{
      course: { sections: { lessons: [{ blocks: { asset?: string }[] }, Scenario] }[] };
    }>(query, {
      id: courseId(answer),
    });
    const [page, scenario] = course.sections[0]!.lessons;
    const choice = scenario.nodes[0]!.choices![0]!;
    expect(choice).toEqual({ target: scenario.nodes[1]!.id, effects: [{ variable: scenario.variables[0]!.id }] });
    const asset = await author.ask(`query ($id: ID!) { asset(id: $id) { fileName mediaType } }`, {
      id: page.blocks[1]!.asset,
    });
    expect(asset).toEqual({ asset: { fileName: 'logo.svg', mediaType: 'image/svg+xml' } });
  });

  it('again changes nothing', async () => {
    await importing(courseSource('again', 'again'));
    const answer = await importing(courseSource('again', 'again'));
    expect(answer).toMatchObject({ created: 0, updated: 0, deleted: 0, course: { revision: 1 } });
  });

  it('of a course that is there keeps the ids of what stays, and deletes what the document no longer has', async () => {
    const before = await idsOf(courseId(await importing(courseSource('evolve', 'evolve'))));
    const document = courseSource('evolve', 'evolve');
    const [page] = document.sections[0]!['lessons'] as { blocks: Record<string, unknown>[] }[];
    const [text, image, accordion] = page!.blocks;
    page!.blocks = [{ externalId: 'new', kind: 'text', body: 'New' }, { ...text, body: 'Changed' }, image!];
    document.sections.push({
      externalId: 's2',
      title: 'Two',
      lessons: [{ externalId: 'moved', kind: 'page', title: 'New', blocks: [accordion] }],
    });

    const answer = await importing(document);
    expect(answer).toMatchObject({ created: 3, updated: 2, deleted: 0 });
    const after = await idsOf(courseId(answer));
    expect(after).toMatchObject({ b1: before['b1'], b2: before['b2'], b3: before['b3'], start: before['start'] });

    document.sections.pop();
    expect(await importing(document)).toMatchObject({ created: 0, updated: 0, deleted: 3 });
  });

  it('keeps what has moved out of a parent that is deleted', async () => {
    const document = courseSource('rescue', 'rescue');
    const before = await idsOf(courseId(await importing(document)));
    const [page, ...others] = document.sections[0]!['lessons'] as Record<string, unknown>[];
    document.sections[0]!['lessons'] = [{ ...page, externalId: 'other' }, ...others];
    const answer = await importing(document);
    expect(answer).toMatchObject({ created: 1, updated: 3, deleted: 1 });
    expect(await idsOf(courseId(answer))).toMatchObject({ b1: before['b1'], b2: before['b2'], b3: before['b3'] });
  });

  it('replaces an element whose external id now names another kind', async () => {
    const document = courseSource('rekind', 'rekind');
    const before = await idsOf(courseId(await importing(document)));
    const [page] = document.sections[0]!['lessons'] as { blocks: Record<string, unknown>[] }[];
    page!.blocks[0] = { externalId: 'b1', kind: 'heading', level: 2, text: 'Hello' };
    const answer = await importing(document);
    expect(answer).toMatchObject({ created: 1, updated: 0, deleted: 1 });
    expect((await idsOf(courseId(answer)))['b1']).not.toBe(before['b1']);
  });

  it('is refused when someone changed anything in the course since', async () => {
    const first = await importing(courseSource('stale', 'stale'));
    const { treeRevision } = first['course'] as { treeRevision: number };
    const { s1 } = await idsOf(courseId(first));
    await author.section(courseId(first), 'Between');
    const refused = await importing(courseSource('stale', 'stale'), { expectedTreeRevision: treeRevision });
    expect(refused).toMatchObject({
      code: 'REVISION_CONFLICT',
      path: ['expectedTreeRevision'],
      currentRevision: treeRevision + 1,
    });
    expect((await idsOf(courseId(first)))['s1']).toBe(s1);
  });

  it('says in a dry run what it would do, and does nothing', async () => {
    const answer = await importing(courseSource('dry', 'dry'), { dryRun: true });
    expect(answer).toMatchObject({ course: null, created: 12, updated: 0, deleted: 0 });
    expect(await author.ask('{ course(slug: "dry") { id } assets(search: "dry") { totalCount } }')).toMatchObject({
      course: null,
    });
  });

  it('with an idempotency key happens once', async () => {
    const document = courseSource('keyed');
    const first = await importing(document, { idempotencyKey: 'import-1' });
    expect(await importing(document, { idempotencyKey: 'import-1' })).toEqual(first);
  });

  it('without an external id never overwrites: the slug of another course is refused', async () => {
    await importing(courseSource('slug-taken'));
    expect(await importing(courseSource('slug-taken'))).toMatchObject({ code: 'CONFLICT', path: ['slug'] });
  });
});

describe('a document that is wrong', () => {
  it('is refused with all its problems and their paths, and leaves nothing behind', async () => {
    const document = courseSource('wrong', 'wrong');
    const [page, scenario] = document.sections[0]!['lessons'] as {
      blocks: Record<string, unknown>[];
      nodes: Record<string, unknown>[];
      title: unknown;
    }[];
    page!.title = '';
    page!.blocks.push(
      { kind: 'nonsense' },
      { externalId: 'b1', kind: 'text', body: 'Twice' },
      { kind: 'image', asset: 'none', decorative: true },
    );
    const [start, end] = scenario!.nodes;
    start!['choices'] = [
      { kind: 'choice', text: 'Go', target: 'nowhere', effects: [{ variable: 'none', operation: 'SET', number: 1 }] },
    ];
    end!['choices'] = [{ kind: 'choice', text: 'Go', target: 'start' }];
    document.assets.push({ externalId: 'bad', fileName: 'a.svg' });

    const answer = await importing(document);
    const found = answer.problems!.map(({ code, path }) => `${code} ${path.join('.')}`);
    expect(found.sort()).toEqual(
      [
        'RULE_BROKEN assets.1',
        'RULE_BROKEN sections.0.lessons.0.title',
        'UNKNOWN_KIND sections.0.lessons.0.blocks.3.kind',
        'DUPLICATE_EXTERNAL_ID sections.0.lessons.0.blocks.4.externalId',
        'UNKNOWN_ASSET sections.0.lessons.0.blocks.5.asset',
        'UNKNOWN_NODE sections.0.lessons.1.nodes.0.choices.0.target',
        'UNKNOWN_VARIABLE sections.0.lessons.1.nodes.0.choices.0.effects.0.variable',
        'WRONG_PLACE sections.0.lessons.1.nodes.1.choices.0',
      ].sort(),
    );
    expect(await author.ask('{ course(slug: "wrong") { id } }')).toEqual({ course: null });
  });

  it('is refused with the problem of a file, at the place of the file', async () => {
    const document = courseSource('bad-file');
    document.assets.push({ externalId: 'evil', fileName: '../evil.svg', text: '<svg/>' });
    const answer = await importing(document);
    expect(answer.problems).toMatchObject([{ code: 'UNSAFE_FILE_NAME', path: ['assets', '1', 'fileName'] }]);
    expect(await author.ask('{ course(slug: "bad-file") { id } }')).toEqual({ course: null });
  });

  it('that names an asset of nobody is refused', async () => {
    const document = courseSource('no-asset');
    document.assets = [
      { externalId: 'no-asset-logo', fileName: 'logo.svg', assetId: '00000000-0000-7000-8000-000000000000' },
    ];
    expect((await importing(document)).problems).toMatchObject([
      { code: 'UNKNOWN_ASSET', path: ['assets', '0', 'assetId'] },
    ]);
  });

  it('of 200,000 elements is refused at once, by their number alone', async () => {
    const document = courseSource('huge');
    const nodes = Array.from({ length: 200_000 }, () => ({ kind: 'x' }));
    document.sections = [{ title: 'Huge', lessons: [{ kind: 'scenario', title: 'Huge', nodes }] }];
    const before = process.cpuUsage();
    const answer = await importing(document);
    const { user, system } = process.cpuUsage(before);
    expect(answer.problems).toMatchObject([{ code: 'COURSE_TOO_LARGE' }]);
    // Seconds of work, not of waiting for a busy machine; most of it is reading the JSON.
    expect((user + system) / 1_000_000).toBeLessThan(3);
  });

  it('that is no course at all is refused by its schema', async () => {
    for (const document of [[], 'text', 5, { sections: 'none' }]) {
      expect((await importing(document)).code).toBe('VALIDATION_FAILED');
    }
  });

  it('that nests without end is refused', async () => {
    let document: unknown = {};
    for (let level = 0; level < 100; level += 1) document = { sections: [document] };
    await expect(importing(document)).rejects.toThrow('nests at most 64 levels');
  });
});

describe('the source of a course', () => {
  it('is the document it was imported from, and importing it again changes nothing', async () => {
    const document = courseSource('round', 'round');
    const id = courseId(await importing(document));
    const source = await sourceOf(id);
    expect(source).toMatchObject({
      format: 'lectern-course',
      externalId: 'round',
      title: document.title,
      assets: [{ externalId: 'round-logo', fileName: 'logo.svg' }],
    });
    const [page, scenario] = source.sections[0]!['lessons'] as { blocks: unknown[]; nodes: { choices: unknown[] }[] }[];
    expect(page!.blocks[0]).toEqual({ externalId: 'b1', kind: 'text', body: 'Hello *world*' });
    expect(scenario!.nodes[0]!.choices[0]).toMatchObject({ target: 'end', effects: [{ variable: 'trust' }] });
    expect(await importing(source)).toMatchObject({ created: 0, updated: 0, deleted: 0, course: { id } });
  });

  it('names what has no external id by its id: a course that was made by hand comes back as it is', async () => {
    const { course, page } = await author.emptyPage('by-hand');
    await author.text(page.id, 'Hello');
    const source = await sourceOf(course.id);
    expect(source).toMatchObject({ externalId: course.id, sections: [{ lessons: [{ externalId: page.id }] }] });
    expect(await importing(source)).toMatchObject({ created: 0, updated: 0, deleted: 0, course: { id: course.id } });
    const { element } = await author.ask<{ element: unknown }>('query ($id: ID!) { element(id: $id) { externalId } }', {
      id: page.id,
    });
    expect(element).toEqual({ externalId: null });
  });

  it('is nothing for a course that is not there', async () => {
    expect(await sourceOf('00000000-0000-7000-8000-000000000000')).toBeNull();
  });
});
