import { GraphQLError } from 'graphql';

export type LimitCode =
  | 'QUERY_TOO_LONG'
  | 'QUERY_TOO_MANY_TOKENS'
  | 'QUERY_TOO_NESTED'
  | 'QUERY_TOO_DEEP'
  | 'QUERY_TOO_MANY_ALIASES'
  | 'QUERY_TOO_COSTLY'
  | 'TOO_MANY_OPERATIONS';

/** The error of an operation that asks for too much; nothing of it has run. */
export function limitExceeded(code: LimitCode, message: string, limit: number): GraphQLError {
  return new GraphQLError(`${message} At most ${limit} are allowed.`, {
    extensions: { code, limit, http: { status: 400 } },
  });
}
