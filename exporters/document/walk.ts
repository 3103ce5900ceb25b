/** Walks a value along its schema: the one place that knows how content is nested. */
import { z } from 'zod';
import { metaOf, type Role } from './fields.js';

type Path = readonly (string | number)[];
export type Visitor = (role: Role, value: string, path: Path) => string;

/** The schema below optional, nullable and default wrappers. */
export function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.def.innerType)
    : schema;
}

/** The member of a discriminated union that a value belongs to, by its `kind`. */
export function memberFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodObject<z.ZodRawShape> | undefined {
  const kind: unknown = isRecord(value) ? value['kind'] : undefined;
  return (union.options as z.ZodObject<z.ZodRawShape>[]).find((option) => {
    const literal = option.shape['kind'];
    return literal instanceof z.ZodLiteral && literal.value === kind;
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A copy of `value` in which each string that has a role in the schema is what `visit` returned for it. What does not fit
 * the schema is left as it is, so that a draft can be walked before it is validated.
 */
export function mapStrings<T>(schema: z.core.$ZodType, value: T, visit: Visitor): T {
  return walk(schema, value, [], visit) as T;
}

function walk(schema: z.core.$ZodType, value: unknown, path: Path, visit: Visitor): unknown {
  if (typeof value !== 'string')
    return mapParts(schema, value, (part, below, key) => walk(part, below, [...path, key], visit));
  const { role } = metaOf(unwrapped(schema));
  return role === undefined ? value : visit(role, value, path);
}

const isObjectSchema = (schema: z.core.$ZodType): schema is z.ZodObject<z.ZodRawShape> => schema instanceof z.ZodObject;

/** The value with each of its parts replaced by what `each` returned for it; parts that the schema does not know stay. */
function mapParts(
  wrapped: z.core.$ZodType,
  value: unknown,
  each: (schema: z.core.$ZodType, value: unknown, key: string | number) => unknown,
): unknown {
  const schema = unwrapped(wrapped);
  if (schema instanceof z.ZodArray && Array.isArray(value))
    return value.map((item, index) => each(schema.element, item, index));
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const member = memberFor(schema, value);
    return member === undefined ? value : mapParts(member, value, each);
  }
  if (!isObjectSchema(schema) || !isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const field = schema.shape[key];
      return [key, field === undefined ? part : each(field, part, key)];
    }),
  );
}

/** Every string of one role in a value. */
export function stringsOf(schema: z.core.$ZodType, value: unknown, wanted: Role): { value: string; path: Path }[] {
  const found: { value: string; path: Path }[] = [];
  mapStrings(schema, value, (role, text, path) => {
    if (role === wanted) found.push({ value: text, path });
    return text;
  });
  return found;
}

/**
 * A copy of an author's input made ready for validation: nulls are left out (GraphQL sends them for "nothing"), and items
 * without an id get the first of a, b, c ... that is free in their list.
 */
export function prepare(schema: z.core.$ZodType, value: unknown): unknown {
  return mapParts(schema, completed(unwrapped(schema), value), prepare);
}

function completed(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodArray && Array.isArray(value)) return withItemIds(schema.element, value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined));
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const idAt = (index: number): string =>
  index < LETTERS.length ? LETTERS.charAt(index) : `${idAt(Math.floor(index / 26) - 1)}${LETTERS.charAt(index % 26)}`;

function withItemIds(element: z.core.$ZodType, items: readonly unknown[]): readonly unknown[] {
  const schema = unwrapped(element);
  const id = isObjectSchema(schema) ? schema.shape['id'] : undefined;
  if (id === undefined || metaOf(id).role !== 'item-id') return items;
  const taken = new Set(items.map((item) => (isRecord(item) ? item['id'] : undefined)));
  let next = 0;
  const freeId = () => {
    while (taken.has(idAt(next))) next += 1;
    taken.add(idAt(next));
    return idAt(next);
  };
  return items.map((item) => (isRecord(item) && (item['id'] ?? null) === null ? { ...item, id: freeId() } : item));
}
