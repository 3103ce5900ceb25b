/** A course's tree as a flat list of elements, each with its own fields only. */
import type { Section } from './tree.js';

/** The lists of elements below each type; other lists, such as the questions of a case study, are content. */
const childTypes = {
  section: { lessons: 'lesson' },
  lesson: { blocks: 'block', questions: 'question', variables: 'variable', nodes: 'node' },
  node: { choices: 'exit', edges: 'exit' },
} as const;

export type ElementType = 'section' | 'lesson' | 'block' | 'question' | 'variable' | 'node' | 'exit';

/** One element of a course, without what is below it. */
export interface FlatElement {
  readonly id: string;
  readonly type: ElementType;
  /** The element above it; undefined for a section. */
  readonly parentId: string | undefined;
  /** Place among its siblings, from 0. */
  readonly position: number;
  /** Its own fields: `kind` and the rest, without id and children. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Keys and indices from the course to the element: `['sections', '0', 'lessons', '2']`. */
  readonly path: readonly string[];
}

type Node = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Every element of a course in the order of its tree. */
export function elementsOf(sections: readonly Section[]): FlatElement[] {
  return sections.flatMap((section, index) =>
    flatten(section as unknown as Node, 'section', undefined, index, ['sections', String(index)]),
  );
}

function flatten(
  node: Node,
  type: ElementType,
  parentId: string | undefined,
  position: number,
  path: readonly string[],
): FlatElement[] {
  const lists = childTypeLists(type);
  const own = Object.entries(node).filter(([key]) => key !== 'id' && !Object.hasOwn(lists, key));
  const children = Object.entries(lists).flatMap(([list, childType]) =>
    ((node[list] ?? []) as readonly Node[]).flatMap((child, index) =>
      flatten(child, childType, node.id, index, [...path, list, String(index)]),
    ),
  );
  return [{ id: node.id, type, parentId, position, content: Object.fromEntries(own), path }, ...children];
}

const childTypeLists = (type: ElementType): Readonly<Record<string, ElementType>> =>
  type === 'section' || type === 'lesson' || type === 'node' ? childTypes[type] : {};
