import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { sourceProblem } from '../limits/source-limits.js';

/** Parses and validates a document; the errors have the codes that Apollo Server gives them by HTTP. */
export function readDocument(schema: GraphQLSchema, source: string): DocumentNode | GraphQLError[] {
  const problem = sourceProblem(source);
  if (problem) return [problem];
  const document = parsed(source);
  if (document instanceof GraphQLError) return [coded(document, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)];
  const errors = validate(schema, document);
  if (errors.length === 0) return document;
  return errors.map((error) => coded(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED));
}

function parsed(source: string): DocumentNode | GraphQLError {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function coded(error: GraphQLError, code: string): GraphQLError {
  error.extensions['code'] = code;
  return error;
}
