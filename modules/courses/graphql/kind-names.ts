import { z } from 'zod';
import { metaOf } from '../../../exporters/document/index.js';

/** The name of a schema's GraphQL type. */
export function titleOf(schema: z.core.$ZodType): string {
  const { title } = metaOf(schema);
  if (title === undefined) throw new Error('A schema without a title has no GraphQL type.');
  return title;
}

/** The kind that a schema is of: `quick-reference-card`; undefined for a schema without kinds. */
export function kindOfSchema(schema: z.ZodObject): string | undefined {
  const literal: unknown = schema.shape['kind'];
  return literal instanceof z.ZodLiteral ? String(literal.value) : undefined;
}

/** A kind as the name of a field: `quickReferenceCard`. */
export const fieldNameOf = (kind: string): string => kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
