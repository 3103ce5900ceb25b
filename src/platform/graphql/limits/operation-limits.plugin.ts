import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { Plugin } from '@nestjs/apollo';
import type { GraphqlContext } from '../graphql-context.js';
import { OperationLimits, type Cost } from './operation-limits.js';

/** Applies the limits to operations that come by HTTP, and tells each its cost. */
@Plugin()
export class OperationLimitsPlugin implements ApolloServerPlugin<GraphqlContext> {
  constructor(private readonly limits: OperationLimits) {}

  requestDidStart(): Promise<GraphQLRequestListener<GraphqlContext>> {
    let cost: Cost | undefined;
    return Promise.resolve({
      didResolveOperation: ({ schema, document, operationName, request }) => {
        const { variables } = request;
        cost = this.limits.admit({ schema, document, operationName: operationName ?? undefined, variables });
        return Promise.resolve();
      },
      willSendResponse: ({ response: { body } }) => {
        if (cost && body.kind === 'single') {
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        }
        return Promise.resolve();
      },
    });
  }
}
