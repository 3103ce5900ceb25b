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

type ObjectSchema = z.ZodObject<z.ZodRawShape>;

/** What a schema is to a walk. */
interface Part {
  readonly role?: Role | undefined;
  readonly item?: z.core.$ZodType;
  readonly members?: ReadonlyMap<unknown, ObjectSchema>;
  readonly fields?: Readonly<Record<string, z.core.$ZodType>>;
}

// Asking zod what a schema is costs more than all the rest of a walk, and a walk asks for every value of a course.
const parts = new WeakMap<z.core.$ZodType, Part>();

function partOf(wrapped: z.core.$ZodType): Part {
  const known = parts.get(wrapped);
  if (known !== undefined) return known;
  const part = readPart(unwrapped(wrapped));
  parts.set(wrapped, part);
  return part;
}

function readPart(schema: z.core.$ZodType): Part {
  const { role } = metaOf(schema);
  if (schema instanceof z.ZodArray) return { role, item: schema.element };
  if (schema instanceof z.ZodObject) return { role, fields: (schema as ObjectSchema).shape };
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return { role };
  const members = (schema.options as ObjectSchema[]).map((option) => [kindOf(option), option] as const);
  return { role, members: new Map(members) };
}

function kindOf({ shape }: ObjectSchema): unknown {
  const literal = shape['kind'];
  return literal instanceof z.ZodLiteral ? literal.value : undefined;
}

/** The member of a discriminated union that a value belongs to, by its `kind`. */
export function memberFor(union: z.ZodDiscriminatedUnion, value: unknown): ObjectSchema | undefined {
  return isRecord(value) ? partOf(union).members?.get(value['kind']) : undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The roles that strings of a schema can have, at any depth. */
function rolesIn(schema: z.core.$ZodType): ReadonlySet<Role> {
  const known = roles.get(schema);
  if (known !== undefined) return known;
  const { role, item, members, fields } = partOf(schema);
  const below = [...(item ? [item] : []), ...(members?.values() ?? []), ...Object.values(fields ?? {})];
  const found = new Set([...(role ? [role] : []), ...below.flatMap((part) => [...rolesIn(part)])]);
  roles.set(schema, found);
  return found;
}

const roles = new WeakMap<z.core.$ZodType, ReadonlySet<Role>>();

const EVERY_ROLE: readonly Role[] = ['markdown', 'asset', 'item-id', 'node', 'variable'];

/**
 * A copy of `value` in which each string that has a role in the schema is what `visit` returned for it. What does not fit
 * the schema is left as it is, so that a draft can be walked before it is validated.
 *
 * @param wanted the roles to visit; parts that can have none of them are not walked
 */
export function mapStrings<T>(
  schema: z.core.$ZodType,
  value: T,
  visit: Visitor,
  wanted: readonly Role[] = EVERY_ROLE,
): T {
  const walk = (part: z.core.$ZodType, below: unknown, path: Path): unknown => {
    const own = (isRecord(below) ? partOf(part).members?.get(below['kind']) : undefined) ?? part;
    if (!wanted.some((role) => rolesIn(own).has(role))) return below;
    const { role } = partOf(own);
    if (typeof below !== 'string') return mapParts(own, below, (next, item, key) => walk(next, item, [...path, key]));
    return role === undefined ? below : visit(role, below, path);
  };
  return walk(schema, value, []) as T;
}

/** The value with each of its parts replaced by what `each` returned for it; parts that the schema does not know stay. */
function mapParts(
  schema: z.core.$ZodType,
  value: unknown,
  each: (schema: z.core.$ZodType, value: unknown, key: string | number) => unknown,
): unknown {
  const { item, members, fields } = partOf(schema);
  if (Array.isArray(value)) return item === undefined ? value : value.map((part, index) => each(item, part, index));
  if (!isRecord(value)) return value;
  const member = members?.get(value['kind']);
  if (member !== undefined) return mapParts(member, value, each);
  if (fields === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      return [key, field === undefined ? part : each(field, part, key)];
    }),
  );
}

/** Every string of one role in a value. */
export function stringsOf(schema: z.core.$ZodType, value: unknown, wanted: Role): { value: string; path: Path }[] {
  const found: { value: string; path: Path }[] = [];
  const note = (_: Role, text: string, path: Path) => {
    found.push({ value: text, path });
    return text;
  };
  mapStrings(schema, value, note, [wanted]);
  return found;
}

/**
 * A copy of an author's input made ready for validation: nulls are left out (GraphQL sends them for "nothing"), and items
 * without an id get the first of a, b, c ... that is free in their list.
 */
export function prepare(schema: z.core.$ZodType, value: unknown): unknown {
  return mapParts(schema, completed(schema, value), prepare);
}

function completed(schema: z.core.$ZodType, value: unknown): unknown {
  const { item } = partOf(schema);
  if (item !== undefined && Array.isArray(value)) return withItemIds(item, value);
  if (!isRecord(value) || Object.values(value).every(isGiven)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => isGiven(part)));
}

const isGiven = (part: unknown): boolean => part !== null && part !== undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const idAt = (index: number): string =>
  index < LETTERS.length ? LETTERS.charAt(index) : `${idAt(Math.floor(index / 26) - 1)}${LETTERS.charAt(index % 26)}`;

function withItemIds(element: z.core.$ZodType, items: readonly unknown[]): readonly unknown[] {
  const id = partOf(element).fields?.['id'];
  if (id === undefined || partOf(id).role !== 'item-id') return items;
  const taken = new Set(items.map((item) => (isRecord(item) ? item['id'] : undefined)));
  let next = 0;
  const freeId = () => {
    while (taken.has(idAt(next))) next += 1;
    taken.add(idAt(next));
    return idAt(next);
  };
  return items.map((item) => (isRecord(item) && (item['id'] ?? null) === null ? { ...item, id: freeId() } : item));
}
