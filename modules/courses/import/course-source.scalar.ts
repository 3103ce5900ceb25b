import { GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/**
 * A document as it travels through the API: behind a function, because the pipes of inputs copy and walk every object
 * that they are given, and a whole course is large.
 */
export type SourceDocument = () => unknown;

/** Content nests 8 levels; the rest of the way is for documents that are wrong. */
const MAX_DEPTH = 64;

/** The one type of the API without fields: its JSON Schema says what it holds. */
export const CourseSourceScalar = new GraphQLScalarType<SourceDocument, unknown>({
  name: 'CourseSource',
  description:
    'A whole course as one JSON object, to keep in files and under version control. Its JSON Schema is served at ' +
    '/schemas/course-import.schema.json.',
  parseValue: bounded,
  parseLiteral: (node, variables) => bounded(valueFromASTUntyped(node, variables)),
  serialize: (value) => value,
});

function bounded(document: unknown): SourceDocument {
  if (isDeeperThan(document, MAX_DEPTH)) throw new GraphQLError(`A CourseSource nests at most ${MAX_DEPTH} levels.`);
  return () => document;
}

const isDeeperThan = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((item) => isDeeperThan(item, levels - 1)));
