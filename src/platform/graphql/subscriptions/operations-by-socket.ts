import { Injectable } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { GraphQLError, type ExecutionArgs, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { Context, ExecutionResult, ServerOptions, SubscribePayload } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import { Callers } from '../../access/callers.js';
import type { Principal } from '../../access/principal.js';
import { RequestQuotas } from '../../access/request-quotas.js';
import { AccessDenied, QuotaExceeded } from '../../errors.js';
import { presentError } from '../error-presenter.js';
import type { GraphqlContext } from '../graphql-context.js';
import { limitExceeded } from '../limits/limit-exceeded.js';
import { OperationLimits } from '../limits/operation-limits.js';
import { readDocument } from './read-document.js';

/** `authorization`, written as the header of a request by HTTP, in any case: IDEs send their headers as parameters. */
type ConnectionParameters = Record<string, unknown> | undefined;
type Connection = Context<ConnectionParameters, Extra>;

/** Closes a socket whose key does not work (any more); the number is the protocol's. */
const FORBIDDEN = 4403;

/** Of one socket at a time; each waits for changes with an iterator and reads of its own. */
const MAX_OPERATIONS = 100;

/** Operations that come by WebSocket: the same keys, limits and presentation of errors as by HTTP. */
@Injectable()
export class OperationsBySocket {
  constructor(
    private readonly callers: Callers,
    private readonly quotas: RequestQuotas,
    private readonly limits: OperationLimits,
    private readonly schemaHost: GraphQLSchemaHost,
  ) {}

  hooks(): ServerOptions<ConnectionParameters, Extra> {
    return {
      onConnect: async (connection) => (await this.identify(connection)) !== undefined,
      onSubscribe: (connection, _id, payload) => this.prepare(connection, payload),
      onNext: (connection, _id, _payload, _arguments, result) => this.send(connection, result),
      onError: (_connection, _id, _payload, errors) => errors.map(presented),
    };
  }

  private async identify({ connectionParams }: Connection): Promise<Principal | undefined> {
    const parameters = Object.entries(connectionParams ?? {});
    const authorization = parameters.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    if (typeof authorization !== 'string') return undefined;
    return this.callers.identify(authorization, { basic: false }).catch((error: unknown) => {
      if (error instanceof AccessDenied) return undefined;
      throw error;
    });
  }

  /** What to execute, or why not. */
  private async prepare(connection: Connection, payload: SubscribePayload): Promise<ExecutionArgs | GraphQLError[]> {
    // The operation that asks is among them already.
    if (Object.keys(connection.subscriptions).length > MAX_OPERATIONS) {
      return [limitExceeded('TOO_MANY_OPERATIONS', 'The socket has too many operations at once.', MAX_OPERATIONS)];
    }
    const principal = await this.identify(connection);
    if (!principal) return this.disconnect(connection);
    const { schema } = this.schemaHost;
    const document = readDocument(schema, payload.query);
    if (Array.isArray(document)) return document;
    const operationName = payload.operationName ?? undefined;
    const variables = payload.variables ?? undefined;
    try {
      await this.quotas.spend(principal);
      this.limits.admit({ schema, document, operationName, variables });
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      if (error instanceof QuotaExceeded)
        return [new GraphQLError(error.message, { extensions: { code: error.code } })];
      throw error;
    }
    const contextValue: GraphqlContext = { principal };
    return { schema, document, contextValue, operationName, variableValues: variables };
  }

  /** A stream may outlive its key: each result asks again. A socket that is closing sends nothing. */
  private async send(connection: Connection, result: ExecutionResult): Promise<FormattedExecutionResult> {
    if (!(await this.identify(connection))) this.disconnect(connection);
    const { data, errors } = result;
    return { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(presented) }) };
  }

  private disconnect({ extra }: Connection): GraphQLError[] {
    extra.socket.close(FORBIDDEN, 'Forbidden');
    return [new GraphQLError('The API key does not work.', { extensions: { code: 'UNAUTHENTICATED' } })];
  }
}

function presented(error: GraphQLError): GraphQLFormattedError {
  return presentError(error.toJSON(), error);
}
