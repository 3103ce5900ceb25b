import type { FastifyRequest } from 'fastify';
import type { PrincipalCarrier } from '../access/current-principal.decorator.js';
import { sourceProblem } from './limits/source-limits.js';

/** What resolvers and loaders share during one operation. */
export type GraphqlContext = PrincipalCarrier;

type GraphqlRequest = FastifyRequest<{ Body?: { query?: unknown }; Querystring: { query?: unknown } }>;

/**
 * The context of an operation that came by HTTP. It runs before the document is parsed, and is the last place whose
 * error Apollo Server answers as it is: so documents that would be costly to parse are refused here.
 */
export function httpContext(request: GraphqlRequest): Promise<GraphqlContext> {
  const source = request.body?.query ?? request.query.query;
  const problem = typeof source === 'string' ? sourceProblem(source) : undefined;
  if (problem) return Promise.reject(problem);
  return Promise.resolve(request.principal ? { principal: request.principal } : {});
}
