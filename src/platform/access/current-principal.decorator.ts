import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { AccessDenied } from '../errors.js';
import type { Principal } from './principal.js';

/** Something a transport has attached the caller to: a Fastify request or a GraphQL context. */
export interface PrincipalCarrier {
  principal?: Principal;
}

/** The caller, as a parameter of a resolver or a controller. A handler never sees an anonymous call: it is refused. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = carrierOf(context);
  if (!principal) throw new AccessDenied('UNAUTHENTICATED', 'This needs an API key.');
  return principal;
});

function carrierOf(context: ExecutionContext): PrincipalCarrier {
  if (context.getType<'http' | 'graphql'>() === 'graphql') {
    return GqlExecutionContext.create(context).getContext<PrincipalCarrier>();
  }
  return context.switchToHttp().getRequest<PrincipalCarrier>();
}
