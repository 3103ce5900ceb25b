import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { GRAPHQL_PATH } from './error-answer.js';
import { presentError } from './error-presenter.js';
import { httpContext } from './graphql-context.js';
import { InputPipe } from './input.pipe.js';
import { OperationLimits } from './limits/operation-limits.js';
import { OperationLimitsPlugin } from './limits/operation-limits.plugin.js';

const apollo: ApolloDriverConfig = {
  driver: ApolloDriver,
  path: GRAPHQL_PATH,
  autoSchemaFile: true, // made in memory; src/schema.graphql is compared with it by a test
  sortSchema: true,
  fieldResolverEnhancers: [],
  context: httpContext,
  formatError: presentError,
  autoTransformHttpErrors: false,
  introspection: true,
  graphiql: false,
  csrfPrevention: true,
  allowBatchedHttpRequests: false,
  persistedQueries: false,
  includeStacktraceInErrorResponses: false,
};

/** GraphQL for every module: Apollo Server, limits, validation of inputs, presentation of errors. */
@Module({
  imports: [GraphQLModule.forRoot(apollo)],
  providers: [OperationLimits, OperationLimitsPlugin, { provide: APP_PIPE, useClass: InputPipe }],
})
export class GraphqlModule {}
