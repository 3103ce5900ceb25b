import type { ArgumentsHost } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { getNamedType, isUnionType, type GraphQLResolveInfo } from 'graphql';
import { Refused } from './refused.js';
import { errorTypeName } from './user-error.interface.js';

/** Where GraphQL is served. */
export const GRAPHQL_PATH = '/graphql';

/**
 * What a root field answers when its handler, or the validation of its input, throws. Input that breaks rules is answered
 * where the operation answers its other failures: in its result union, when that has the error as a member.
 *
 * @throws the error itself otherwise: the field fails, and error-presenter.ts decides what the caller sees.
 */
export function answerInGraphql(error: unknown, host: ArgumentsHost): unknown {
  const { returnType } = GqlArgumentsHost.create(host).getInfo<GraphQLResolveInfo>();
  if (error instanceof Refused && hasMember(returnType, errorTypeName(error.failure))) return error.failure;
  throw error;
}

function hasMember(type: GraphQLResolveInfo['returnType'], name: string): boolean {
  const named = getNamedType(type);
  return isUnionType(named) && named.getTypes().some((member) => member.name === name);
}
