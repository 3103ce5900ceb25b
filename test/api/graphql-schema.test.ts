import { readFile, writeFile } from 'node:fs/promises';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { createTestApp, type TestApp } from '../support/test-app.js';

const COMMITTED = 'src/schema.graphql';
const HEADER = '# Made from the code by "npm run schema"; a test compares the two.\n\n';

describe('the GraphQL schema', () => {
  let service: TestApp;
  let schema: GraphQLSchema;

  beforeAll(async () => {
    service = await createTestApp();
    schema = service.app.get(GraphQLSchemaHost, { strict: false }).schema;
  });
  afterAll(() => service.close());

  it('is the one that is committed', async () => {
    const printed = `${HEADER}${printSchema(schema)}\n`;
    if (process.env['WRITE_SCHEMA']) await writeFile(COMMITTED, printed);
    expect(printed).toBe(await readFile(COMMITTED, 'utf8'));
  });

  it('describes every type, field, argument and enum value', () => {
    const types = Object.values(schema.getTypeMap()).filter(isOurs);
    expect(types.length).toBeGreaterThan(20);
    expect(types.flatMap((type) => undescribed(type))).toEqual([]);
  });

  it('gives every mutation a result union, so that failures are data', () => {
    const plain = Object.values(schema.getMutationType()!.getFields())
      .filter((field) => !/^\w+Result!$/.test(String(field.type)))
      .map((field) => field.name);
    expect(plain).toEqual([]);
  });
});

/** Query, Mutation and Subscription are named by the specification. */
function isOurs(type: GraphQLNamedType): boolean {
  return !isIntrospectionType(type) && !isSpecifiedScalarType(type);
}

function undescribed(type: GraphQLNamedType): string[] {
  const isRoot = ['Query', 'Mutation', 'Subscription'].includes(type.name);
  const missing = type.description || isRoot ? [] : [type.name];
  if (isEnumType(type)) missing.push(...without(type.getValues(), type.name));
  if (isInputObjectType(type)) missing.push(...without(Object.values(type.getFields()), type.name));
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    missing.push(...without(fields, type.name));
    missing.push(...fields.flatMap((field) => without(field.args, `${type.name}.${field.name}`)));
  }
  return missing;
}

function without(parts: readonly { name: string; description?: string | null | undefined }[], owner: string): string[] {
  return parts.filter((part) => !part.description?.trim()).map((part) => `${owner}.${part.name}`);
}
