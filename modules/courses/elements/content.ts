import type { z } from 'zod';
import {
  blockContent,
  exitContent,
  lessonContent,
  nodeContent,
  prepare,
  questionContent,
  sectionContent,
  variableContent,
} from '../../../exporters/document/index.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { problemsOf } from '../problems.js';
import type { ElementContent, ElementType } from './element.js';

/** What the content of each type of element must be. */
export const contentSchemas: Record<ElementType, z.ZodType<ElementContent>> = {
  section: sectionContent,
  lesson: lessonContent,
  block: blockContent,
  question: questionContent,
  variable: variableContent,
  node: nodeContent,
  exit: exitContent,
};

/** An author's content, checked and with ids for its items. */
export function parseContent(type: ElementType, input: unknown): ElementContent | ValidationFailed {
  return parse(contentSchemas[type], input);
}

/** Checks an author's input against a schema; the paths of problems start at the root. */
export function parse<T>(
  schema: z.ZodType<T>,
  input: unknown,
  root: readonly string[] = ['content'],
): T | ValidationFailed {
  const prepared = prepare(schema, input);
  const result = schema.safeParse(prepared, { reportInput: true });
  return result.success ? result.data : new ValidationFailed(problemsOf(result.error, root));
}
