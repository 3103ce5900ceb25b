/**
 * GraphQL types from the schemas of content, so that a kind is described once: in `exporters/document`. The types that a
 * field refers to are declared with the field: @nestjs/graphql takes no new ones once it builds the schema.
 */
import type { Type } from '@nestjs/common';
import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { z } from 'zod';
import { isRecord, metaOf, unwrapped } from '../../../exporters/document/index.js';
import { fieldNameOf, kindOfSchema, titleOf } from './kind-names.js';

type Direction = 'output' | 'input';

/** What `@Field(() => ...)` takes: a class, an enumeration, a union, or one of them in a list. */
type TypeReference = Type | object | symbol | [TypeReference];

export const descriptionOf = (schema: z.core.$ZodType): string =>
  metaOf(schema).description ?? metaOf(unwrapped(schema)).description ?? '';

/** Declares the fields of a schema on an object type, but for its kind, which its type says, and for those it inherits. */
export function declareFields(target: Type, schema: z.ZodObject, inherited: ReadonlySet<string> = new Set()): void {
  for (const [name, field] of fieldsOf(schema)) {
    if (inherited.has(name)) continue;
    const options = { nullable: field.isOptional(), description: descriptionOf(field) };
    const reference = referenceTo(field, 'output');
    Field(() => reference, options)(target.prototype as object, name);
  }
}

function declareInputFields(target: Type, schema: z.ZodObject): void {
  for (const [name, field] of fieldsOf(schema)) {
    const nullable = field.isOptional() || metaOf(field).role === 'item-id';
    const reference = referenceTo(field, 'input');
    Field(() => reference, { nullable, description: descriptionOf(field) })(target.prototype as object, name);
  }
}

const fieldsOf = (schema: z.ZodObject) =>
  (Object.entries(schema.shape) as [string, z.ZodType][]).filter(([, field]) => !(field instanceof z.ZodLiteral));

function referenceTo(field: z.ZodType, direction: Direction): TypeReference {
  const schema = unwrapped(field);
  if (schema instanceof z.ZodArray) return [referenceTo(schema.element as z.ZodType, direction)];
  if (schema instanceof z.ZodDiscriminatedUnion) return direction === 'input' ? oneOfInput(schema) : unionOf(schema);
  if (schema instanceof z.ZodObject) return direction === 'input' ? inputOf(schema) : outputGroup(schema);
  return leafOf(schema);
}

function leafOf(schema: z.core.$ZodType): TypeReference {
  if (schema instanceof z.ZodEnum) return enumOf(schema);
  if (schema instanceof z.ZodBoolean) return Boolean;
  if (schema instanceof z.ZodNumber) return schema.isInt ? Int : Float;
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return isReference(schema) ? ID : String;
  throw new Error(`No GraphQL type is known for a ${schema._zod.def.type}.`);
}

const isReference = (schema: z.core.$ZodType) => ['asset', 'node', 'variable'].includes(metaOf(schema).role ?? '');

/** Makes the type of a schema when it is first asked for, and once. */
function once<S extends z.core.$ZodType, T extends object | symbol>(make: (schema: S) => T): (schema: S) => T {
  const made = new Map<S, T>();
  return (schema) => {
    const type = made.get(schema) ?? make(schema);
    made.set(schema, type);
    return type;
  };
}

const enumOf = once((schema: z.ZodEnum): object => {
  const { valueDescriptions = {} } = metaOf(schema);
  const words = Object.fromEntries(schema.options.map((word) => [String(word), word]));
  const valuesMap = Object.fromEntries(
    Object.entries(valueDescriptions).map(([word, description]) => [word, { description }]),
  );
  registerEnumType(words, { name: titleOf(schema), description: descriptionOf(schema), valuesMap });
  return words;
});

const outputGroup = once((schema: z.ZodObject): Type => {
  class Group {}
  ObjectType(titleOf(schema), { description: descriptionOf(schema) })(Group);
  declareFields(Group, schema);
  return Group;
});

/** The input of a group of fields, or of one kind: its fields without the kind. */
export const inputOf = once((schema: z.ZodObject): Type => {
  class Input {}
  InputType(`${titleOf(schema)}Input`, { description: descriptionOf(schema) })(Input);
  declareInputFields(Input, schema);
  return Input;
});

/** The input of any kind of a union: of its fields, named after the kinds, exactly one is given. */
export const oneOfInput = once((union: z.ZodDiscriminatedUnion): Type => {
  class Input {}
  InputType(`${titleOf(union)}Input`, {
    description: `${descriptionOf(union)} Give exactly one field.`,
    isOneOf: true,
  })(Input);
  for (const kind of union.options as z.ZodObject[]) {
    const options = { nullable: true, description: descriptionOf(kind) };
    const reference = inputOf(kind);
    Field(() => reference, options)(Input.prototype, fieldNameOf(kindOfSchema(kind) ?? ''));
  }
  return Input;
});

/** Content inside an element, of any kind of a union: object types of their own, because it has no id and no revision. */
const unionOf = once((union: z.ZodDiscriminatedUnion): symbol => {
  const members = (union.options as z.ZodObject[]).map((schema) => {
    class Content {}
    ObjectType(`${titleOf(schema)}Content`, { description: descriptionOf(schema) })(Content);
    declareFields(Content, schema);
    return { kind: kindOfSchema(schema), name: `${titleOf(schema)}Content`, type: Content };
  });
  const declared: unknown = createUnionType({
    name: titleOf(union),
    description: descriptionOf(union),
    types: () => members.map(({ type }) => type),
    resolveType: (value: unknown) => members.find(({ kind }) => isRecord(value) && value['kind'] === kind)?.name,
  });
  return declared as symbol; // what @nestjs/graphql keeps unions by; it declares the type of the members
});
