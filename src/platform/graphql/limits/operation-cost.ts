import {
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  isCompositeType,
  isListType,
} from 'graphql';
import { fieldExtensionsEstimator, getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { DEFAULT_PAGE, MAXIMUM_PAGE } from '../../database/keyset.js';
import { limitExceeded } from './limit-exceeded.js';

/** An operation as it is about to run. */
export interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
}

/** How many items a list without pages is taken to have. */
const ITEMS_OF_A_LIST = 4;
/** What a change costs on top of the answer it selects. */
const COST_OF_A_MUTATION = 10;
/** Fields looked at before the estimate is given up: fragments spread in fragments multiply. */
const MAX_FIELDS = 10_000;

/**
 * The cost of an operation: the objects it can return. An object costs 1, a plain value nothing, what stands below a
 * connection is multiplied by `first` or `last`, below another list by 4, a mutation costs 10 more. A field states
 * another cost by `@Field({ complexity })`.
 *
 * Variables that do not fit cost nothing: execution lists what is wrong with them, and runs nothing.
 *
 * @throws GraphQLError when arguments do not fit, or the estimate would itself be too costly.
 */
export function costOf(operation: Operation, maximum: number): number {
  if (!variablesFit(operation)) return 0;
  const { schema, document, operationName, variables } = operation;
  try {
    return getComplexity({
      schema,
      query: document,
      variables: variables ?? {},
      ...(operationName !== undefined && { operationName }),
      maxQueryNodes: MAX_FIELDS,
      estimators: [fieldExtensionsEstimator(), estimate],
    });
  } catch (error) {
    throw error instanceof GraphQLError ? refusalOf(error, maximum) : error;
  }
}

function variablesFit({ schema, document, operationName, variables }: Operation): boolean {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  return !getVariableValues(schema, definitions, variables ?? {}, { maxErrors: 1 }).errors;
}

/** Arguments that do not fit come with the nodes they stand in; giving up comes without. */
function refusalOf(error: GraphQLError, maximum: number): GraphQLError {
  if (!error.nodes) return limitExceeded('QUERY_TOO_COSTLY', 'The operation spreads too many fields.', maximum);
  const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
  return new GraphQLError(error.message, { nodes: error.nodes, extensions });
}

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const answer = getNamedType(field.type);
  const own = type.name === 'Mutation' ? COST_OF_A_MUTATION : 0;
  if (!isCompositeType(answer)) return own;
  if (answer.name.endsWith('Connection')) return own + 1 + pageSize(args) * childComplexity;
  const isListOfPage = type.name.endsWith('Connection'); // its length is what the connection was multiplied by
  const items = isListType(getNullableType(field.type)) && !isListOfPage ? ITEMS_OF_A_LIST : 1;
  return own + items * (1 + childComplexity);
}

function pageSize(args: Record<string, unknown>): number {
  const size = args['first'] ?? args['last'];
  return typeof size === 'number' ? Math.min(Math.max(size, 1), MAXIMUM_PAGE) : DEFAULT_PAGE;
}
