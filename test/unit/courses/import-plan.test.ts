import { describe, expect, it } from '@jest/globals';
import type { Element } from '../../../modules/courses/elements/element.js';
import { planImport } from '../../../modules/courses/import/import-plan.js';
import { hasMoreElementsThan, outlineOf } from '../../../modules/courses/import/outline.js';

const COURSE = 'course';

const present = (id: string, more: Partial<Element>): Element => ({
  id,
  courseId: COURSE,
  parentId: undefined,
  type: 'section',
  kind: 'section',
  position: 0,
  externalId: undefined,
  content: { title: 'Section' },
  revision: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  ...more,
});

const page = (id: string, more: Partial<Element>) =>
  present(id, {
    parentId: 's',
    type: 'lesson',
    kind: 'page',
    content: { kind: 'page', title: 'Page' },
    ...more,
  });

const plan = (sections: unknown[], elements: Element[]) =>
  planImport(COURSE, outlineOf({ sections }), elements, new Map());

describe('the plan of an import', () => {
  it('leaves alone what is the same', () => {
    const sections = [{ externalId: 'S', title: 'Section' }];
    expect(plan(sections, [present('s', { externalId: 'S' })])).toEqual({ created: [], kept: [], deletedIds: [] });
  });

  it('knows an element without external id by its id', () => {
    expect(plan([{ externalId: 's', title: 'Section' }], [present('s', {})])).toEqual({
      created: [],
      kept: [],
      deletedIds: [],
    });
  });

  it('tells a shift from a change', () => {
    const sections = [
      { externalId: 'B', title: 'Changed' },
      { externalId: 'A', title: 'Section' },
    ];
    const { kept } = plan(sections, [
      present('a', { externalId: 'A' }),
      present('b', { externalId: 'B', position: 1 }),
    ]);
    expect(kept.map(({ id, position, changed }) => ({ id, position, changed }))).toEqual([
      { id: 'b', position: 0, changed: true },
      { id: 'a', position: 1, changed: false },
    ]);
  });

  it('replaces an element of another kind, and deletes what is not in the document', () => {
    const sections = [
      { externalId: 's', title: 'Section', lessons: [{ externalId: 'L', kind: 'scenario', title: 'Page' }] },
    ];
    const { created, deletedIds } = plan(sections, [
      present('s', {}),
      page('l', { externalId: 'L' }),
      page('m', { externalId: 'M', position: 1 }),
    ]);
    expect(created).toMatchObject([{ kind: 'scenario', externalId: 'L', parentId: 's' }]);
    expect(deletedIds).toEqual(['l', 'm']);
  });

  it('takes two elements of different documents without external ids for two elements', () => {
    const { created } = plan([{ title: 'One' }, { title: 'Two' }], []);
    expect(new Set(created.map(({ id }) => id)).size).toBe(2);
  });
});

describe('the number of elements', () => {
  const document = { sections: [{ lessons: [{ blocks: [{}, {}, 'x'] }, { nodes: [{ choices: [{}] }] }] }] };

  it('counts every list of elements and nothing else', () => {
    expect(hasMoreElementsThan(7, document)).toBe(true);
    expect(hasMoreElementsThan(8, document)).toBe(false);
  });

  it('is none for what is no document', () => {
    for (const value of [null, 5, 'x', [], { sections: 'x' }]) expect(hasMoreElementsThan(0, value)).toBe(false);
  });
});
