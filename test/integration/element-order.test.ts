import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Author } from '../support/author.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let service: TestApp;
let author: Author;

beforeAll(async () => {
  service = await createTestApp();
  author = new Author(service);
}, 60_000);
afterAll(() => service.close());

/** A page of a plain model: the ids of its blocks in their order. */
type Page = string[];

const place = fc.nat({ max: 5 });
const step = fc.oneof(
  fc.record({ do: fc.constant('create' as const), page: fc.nat({ max: 1 }), position: place }),
  fc.record({
    do: fc.constant('move' as const),
    from: fc.nat({ max: 1 }),
    block: place,
    to: fc.nat({ max: 1 }),
    position: place,
  }),
  fc.record({ do: fc.constant('copy' as const), from: fc.nat({ max: 1 }), block: place }),
  fc.record({ do: fc.constant('delete' as const), from: fc.nat({ max: 1 }), block: place }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

describe('the order of elements', () => {
  let pageIds: readonly string[];
  let run = 0;

  /** Does one step through the API and in the model. */
  async function take(model: Page[], next: Step): Promise<void> {
    if (next.do === 'create') {
      const page = model[next.page]!;
      const position = Math.min(next.position, page.length);
      page.splice(position, 0, (await author.text(pageIds[next.page]!, 'x', { position })).id);
      return;
    }
    const source = model[next.from]!;
    const id = source[next.block % source.length];
    if (id === undefined) return;
    const at = source.indexOf(id);
    if (next.do === 'delete') {
      const { element } = await author.ask<{ element: { revision: number } }>(
        'query ($id: ID!) { element(id: $id) { revision } }',
        { id },
      );
      await author.mutate('deleteElement', { id, expectedRevision: element.revision }, 'deletedId');
      source.splice(at, 1);
    } else if (next.do === 'copy') {
      const answer = await author.mutate('copyElement', { id }, 'element { id }');
      source.splice(at + 1, 0, (answer['element'] as { id: string }).id);
    } else {
      source.splice(at, 1);
      const target = model[next.to]!;
      const position = Math.min(next.position, target.length);
      target.splice(position, 0, id);
      const answer = await author.mutate('moveElement', { id, parentId: pageIds[next.to], position }, 'element { id }');
      expect(answer.__typename).toBe('MoveElementSuccess');
    }
  }

  async function stored(pageId: string): Promise<{ id: string; position: number }[]> {
    const query = 'query ($id: ID!) { element(id: $id) { ... on PageLesson { blocks { id position } } } }';
    const { element } = await author.ask<{ element: { blocks: { id: string; position: number }[] } }>(query, {
      id: pageId,
    });
    return element.blocks;
  }

  it('is that of a plain list, whatever is created, moved, copied and deleted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
        run += 1;
        const course = await author.course(`order-${run}`);
        const section = await author.section(course.id);
        pageIds = [(await author.page(section.id)).id, (await author.page(section.id)).id];
        const model: Page[] = [[], []];
        for (const next of steps) await take(model, next);
        for (const [index, pageId] of pageIds.entries()) {
          expect(await stored(pageId)).toEqual(model[index]!.map((id, position) => ({ id, position })));
        }
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});

describe('two writers at the same time', () => {
  it('create at the same position one after the other: both are there, without a gap', async () => {
    const { page } = await author.emptyPage('both');
    await Promise.all(Array.from({ length: 8 }, (_, index) => author.text(page.id, `${index}`, { position: 0 })));
    const query =
      'query ($id: ID!) { element(id: $id) { ... on PageLesson { blocks { position ... on TextBlock { body } } } } }';
    const { element } = await author.ask<{ element: { blocks: { position: number; body: string }[] } }>(query, {
      id: page.id,
    });
    expect(element.blocks.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(element.blocks.map(({ body }) => body).sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('move different blocks to the same place: nothing is lost or doubled', async () => {
    const { page } = await author.emptyPage('moves');
    const blocks = [];
    for (const body of 'abcdefgh') blocks.push(await author.text(page.id, body));
    await Promise.all(blocks.map(({ id }) => author.mutate('moveElement', { id, position: 3 }, 'element { id }')));
    expect((await author.textsOf(page.id)).sort()).toEqual([...'abcdefgh']);
  });

  it('move pages between two sections in both directions without a deadlock', async () => {
    const course = await author.course('crossing');
    const [left, right] = [await author.section(course.id), await author.section(course.id)];
    const [a, b] = [await author.page(left.id, 'a'), await author.page(right.id, 'b')];
    const answers = await Promise.all([
      author.mutate('moveElement', { id: a.id, parentId: right.id }, 'element { parentId }'),
      author.mutate('moveElement', { id: b.id, parentId: left.id }, 'element { parentId }'),
    ]);
    expect(answers.map(({ element }) => element)).toEqual([{ parentId: right.id }, { parentId: left.id }]);
  });

  it('change an element that both have read: exactly one wins', async () => {
    const { page } = await author.emptyPage('race');
    const { id } = await author.text(page.id, 'start');
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        author.mutate(
          'updateBlock',
          { id, expectedRevision: 1, content: { text: { body: `${index}` } } },
          'block { id }',
        ),
      ),
    );
    expect(answers.filter(({ __typename }) => __typename === 'UpdateBlockSuccess')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'REVISION_CONFLICT')).toHaveLength(5);
  });

  it('upsert the same external id: one element comes of it', async () => {
    const { page } = await author.emptyPage('upserts');
    await Promise.all(
      Array.from({ length: 5 }, (_, index) => author.text(page.id, `${index}`, { externalId: 'same' })),
    );
    expect(await author.textsOf(page.id)).toHaveLength(1);
  });

  it('create below a page that is being deleted: it is there with its page, or gone with it', async () => {
    const { page } = await author.emptyPage('vanishing');
    const create = author.mutate(
      'createBlock',
      { parentId: page.id, content: { text: { body: 'x' } } },
      'block { id }',
    );
    const remove = author.mutate('deleteElement', { id: page.id, expectedRevision: 1 }, 'deletedId');
    const [created] = await Promise.all([create, remove]);
    expect(['CreateBlockSuccess', 'NotFoundError']).toContain(created.__typename);
    expect(await author.ask('query ($id: ID!) { element(id: $id) { id } }', { id: page.id })).toEqual({
      element: null,
    });
  });
});
