import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { GqlArgumentsHost } from '@nestjs/graphql';
import { getNamedType, isUnionType, type GraphQLResolveInfo } from 'graphql';
import { Refused } from './refused.js';
import { errorTypeName } from './user-error.interface.js';

/**
 * Input that breaks rules is answered where the operation answers its other failures: in its result union, when that
 * has ValidationError. Otherwise, and for every other exception, the field fails (see error-presenter.ts).
 */
@Catch()
export class GraphqlErrorsFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): unknown {
    const { returnType } = GqlArgumentsHost.create(host).getInfo<GraphQLResolveInfo>();
    if (exception instanceof Refused && hasMember(returnType, errorTypeName(exception.failure))) {
      return exception.failure;
    }
    throw exception;
  }
}

function hasMember(type: GraphQLResolveInfo['returnType'], name: string): boolean {
  const named = getNamedType(type);
  return isUnionType(named) && named.getTypes().some((member) => member.name === name);
}
