import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Global, Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GRAPHQL_PATH } from './error-answer.js';
import { presentError } from './error-presenter.js';
import { httpContext } from './graphql-context.js';
import { IdempotencyKeyRow } from './idempotency/idempotency-key.entity.js';
import { Idempotency } from './idempotency/idempotency.js';
import { IdempotencyStore } from './idempotency/idempotency.store.js';
import { IdeController } from './ide/ide.controller.js';
import { IdeHook } from './ide/ide.hook.js';
import { InputPipe } from './input.pipe.js';
import { OperationLimits } from './limits/operation-limits.js';
import { OperationLimitsPlugin } from './limits/operation-limits.plugin.js';
import { OperationsBySocket } from './subscriptions/operations-by-socket.js';
import { SubscriptionServer } from './subscriptions/subscription-server.js';

const apollo: ApolloDriverConfig = {
  driver: ApolloDriver,
  path: GRAPHQL_PATH,
  autoSchemaFile: true, // made in memory; src/schema.graphql is compared with it by a test
  sortSchema: true,
  // Apollo Server asserts at its start that the schema is valid; this check asks the whole of it by introspection before that.
  buildSchemaOptions: { skipCheck: true },
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
  // Its hints for caches are for public data; collecting them costs a call a field.
  plugins: [ApolloServerPluginCacheControlDisabled()],
};

/** GraphQL for every module: Apollo Server, limits, validation of inputs, presentation of errors, idempotency. */
@Global()
@Module({
  imports: [GraphQLModule.forRoot(apollo), TypeOrmModule.forFeature([IdempotencyKeyRow])],
  controllers: [IdeController],
  providers: [
    Idempotency,
    IdempotencyStore,
    IdeHook,
    OperationLimits,
    OperationLimitsPlugin,
    OperationsBySocket,
    SubscriptionServer,
    { provide: APP_PIPE, useClass: InputPipe },
  ],
  exports: [Idempotency],
})
export class GraphqlModule {}
