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
export function memberFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodObject | undefined {
  const kind: unknown = isRecord(value) ? value['kind'] : undefined;
  return (union.options as z.ZodObject[]).find((option) => {
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

function walk(wrapped: z.core.$ZodType, value: unknown, path: Path, visit: Visitor): unknown {
  const schema = unwrapped(wrapped);
  if (typeof value === 'string') {
    const role = metaOf(schema).role;
    return role === undefined ? value : visit(role, value, path);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item, index) => walk(schema.element, item, [...path, index], visit));
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const member = memberFor(schema, value);
    return member === undefined ? value : walk(member, value, path, visit);
  }
  if (schema instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => {
        const fieldSchema: z.core.$ZodType | undefined = schema.shape[key];
        return [key, fieldSchema === undefined ? field : walk(fieldSchema, field, [...path, key], visit)];
      }),
    );
  }
  return value;
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
export function prepare(wrapped: z.core.$ZodType, value: unknown): unknown {
  const schema = unwrapped(wrapped);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return withItemIds(schema.element, value).map((item) => prepare(schema.element, item));
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const member = memberFor(schema, value);
    return member === undefined ? value : prepare(member, value);
  }
  if (schema instanceof z.ZodObject && isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== null && field !== undefined)
        .map(([key, field]) => {
          const fieldSchema: z.core.$ZodType | undefined = schema.shape[key];
          return [key, fieldSchema === undefined ? field : prepare(fieldSchema, field)];
        }),
    );
  }
  return value;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const idAt = (index: number): string =>
  index < LETTERS.length ? LETTERS.charAt(index) : `${idAt(Math.floor(index / 26) - 1)}${LETTERS.charAt(index % 26)}`;

function withItemIds(element: z.core.$ZodType, items: readonly unknown[]): readonly unknown[] {
  const schema = unwrapped(element);
  if (!(schema instanceof z.ZodObject) || schema.shape['id'] === undefined) return items;
  if (metaOf(schema.shape['id'] as z.core.$ZodType).role !== 'item-id') return items;
  const taken = new Set(items.map((item) => (isRecord(item) ? item['id'] : undefined)));
  let next = 0;
  const freeId = () => {
    while (taken.has(idAt(next))) next += 1;
    taken.add(idAt(next));
    return idAt(next);
  };
  return items.map((item) => (isRecord(item) && (item['id'] ?? null) === null ? { ...item, id: freeId() } : item));
}
