import { LIST_LIMITS } from '../../../exporters/document/index.js';
import type { ElementType } from './element.js';

/** Where elements of a type may stand. */
export interface Place {
  /** Name of the list in a course document, in an import and in GraphQL. */
  readonly list: keyof typeof LIST_LIMITS;
  readonly description: string;
  readonly type: ElementType;
  /** The kinds that the list takes; every kind of the type without it. */
  readonly kind?: string;
  readonly parent: 'course' | ElementType;
  /** The kinds of parents that have the list; every kind without it. */
  readonly parentKinds?: readonly string[];
}

/** The shape of a course: everything that may stand below something. */
export const PLACES: readonly Place[] = [
  { list: 'sections', description: 'The sections in their order.', type: 'section', parent: 'course' },
  { list: 'lessons', description: 'The lessons in their order.', type: 'lesson', parent: 'section' },
  { list: 'blocks', description: 'The blocks in their order.', type: 'block', parent: 'lesson', parentKinds: ['page'] },
  {
    list: 'questions',
    description: 'The questions in their order.',
    type: 'question',
    parent: 'lesson',
    parentKinds: ['assessment'],
  },
  { list: 'variables', description: 'The variables.', type: 'variable', parent: 'lesson', parentKinds: ['scenario'] },
  {
    list: 'nodes',
    description: 'The nodes; the first is the start.',
    type: 'node',
    parent: 'lesson',
    parentKinds: ['scenario'],
  },
  {
    list: 'choices',
    description: 'The choices of the learner, in their order.',
    type: 'exit',
    kind: 'choice',
    parent: 'node',
    parentKinds: ['decision'],
  },
  {
    list: 'edges',
    description: 'The ways on; the first whose guard holds is taken.',
    type: 'exit',
    kind: 'edge',
    parent: 'node',
    parentKinds: ['scene', 'message', 'social-post'],
  },
];

/** A parent as far as its place is concerned: the course itself, or an element. */
export interface Parent {
  readonly type: 'course' | ElementType;
  readonly kind: string;
}

/** Whether a parent has the list. */
export const admits = ({ parent, parentKinds }: Place, { type, kind }: Parent) =>
  parent === type && (parentKinds === undefined || parentKinds.includes(kind));

/** The place that an element would have below a parent; undefined when it cannot stand there. */
export const placeOf = (type: ElementType, kind: string, parent: Parent): Place | undefined =>
  PLACES.find((place) => place.type === type && (place.kind ?? kind) === kind && admits(place, parent));

/** The lists that an element has. A node shows both kinds of exits, one of them always empty, as in a course document. */
export const placesBelow = (parent: Parent): Place[] =>
  PLACES.filter((place) => (parent.type === 'node' ? place.parent === 'node' : admits(place, parent)));

/** Where elements of a type may stand, in words: "a page lesson". */
export function parentsInWords(type: ElementType, kind: string): string {
  const places = PLACES.filter((place) => place.type === type && (place.kind ?? kind) === kind);
  return places
    .map(({ parent, parentKinds }) => [parentKinds?.join(' or '), parent].filter(Boolean).join(' '))
    .join(' or ');
}

export const limitOf = ({ list }: Place): number => LIST_LIMITS[list];
