import { z } from 'zod';
import {
  blockContent,
  exitContent,
  lessonContent,
  nodeContent,
  questionContent,
  sectionContent,
  variableContent,
} from '../../../exporters/document/index.js';
import type { ElementType } from '../elements/element.js';

/** A type of element as GraphQL shows it. */
export interface Family {
  readonly type: ElementType;
  /** Name of its interface, and in the names of its mutations. */
  readonly name: string;
  readonly description: string;
  readonly content: z.ZodObject | z.ZodDiscriminatedUnion;
  /** What it stands below. */
  readonly parent: string;
}

/** Every type of element: one line gives its interface, its object types, its inputs, and its mutations. */
export const FAMILIES: readonly Family[] = [
  {
    type: 'section',
    name: 'Section',
    description: 'A part of a course.',
    content: sectionContent,
    parent: 'the course',
  },
  {
    type: 'lesson',
    name: 'Lesson',
    description: 'A page, a scenario or an assessment.',
    content: lessonContent,
    parent: 'the section',
  },
  { type: 'block', name: 'Block', description: 'A piece of a page.', content: blockContent, parent: 'the page lesson' },
  {
    type: 'question',
    name: 'Question',
    description: 'A question of an assessment.',
    content: questionContent,
    parent: 'the assessment lesson',
  },
  {
    type: 'variable',
    name: 'ScenarioVariable',
    description: 'What a scenario keeps count of.',
    content: variableContent,
    parent: 'the scenario lesson',
  },
  {
    type: 'node',
    name: 'ScenarioNode',
    description: 'A step of a scenario.',
    content: nodeContent,
    parent: 'the scenario lesson',
  },
  { type: 'exit', name: 'ScenarioExit', description: 'A way out of a node.', content: exitContent, parent: 'the node' },
];

/** The kinds of a family; a family without kinds has one. */
export const kindsOf = ({ content }: Family): readonly z.ZodObject[] =>
  content instanceof z.ZodObject ? [content] : (content.options as z.ZodObject[]);
