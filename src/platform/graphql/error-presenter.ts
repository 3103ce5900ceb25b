import { randomUUID } from 'node:crypto';
import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import { HttpException, Logger } from '@nestjs/common';
import type { GraphQLFormattedError } from 'graphql';
import { DISK_FULL, isDiskFull } from '../disk-full.js';
import { AccessDenied, ValidationFailed } from '../errors.js';
import { currentRequestId } from '../logging/request-context.js';
import { Refused } from './refused.js';

const logger = new Logger('GraphQL');

/**
 * What a caller sees of an error. Refusals keep their code; what GraphQL itself found (syntax, unknown fields, limits)
 * stays; anything unexpected is masked, with an id by which the log has all of it.
 */
export function presentError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof AccessDenied) return { ...formatted, extensions: { code: cause.code } };
  if (cause instanceof Refused) return { ...formatted, extensions: refusal(cause) };
  if (cause instanceof HttpException && cause.getStatus() < 500) {
    // What Nest's own pipes refuse, for example an id that is no UUID.
    return { ...formatted, extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT } };
  }
  const code = formatted.extensions?.['code'];
  if (cause === error && code && code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR) return formatted;
  return mask(formatted, cause);
}

function refusal({ failure }: Refused): Record<string, unknown> {
  if (failure instanceof ValidationFailed) {
    return { code: ApolloServerErrorCode.BAD_USER_INPUT, problems: failure.problems };
  }
  return { code: failure.code, path: failure.path };
}

function mask(formatted: GraphQLFormattedError, cause: unknown): GraphQLFormattedError {
  const errorId = currentRequestId() ?? randomUUID();
  logger.error({ errorId, path: formatted.path, err: cause });
  if (isDiskFull(cause)) {
    const { code, message } = DISK_FULL;
    return { ...formatted, message, extensions: { code, errorId } };
  }
  return {
    ...formatted,
    message: `Something went wrong here, not in your request. The log has it as ${errorId}.`,
    extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, errorId },
  };
}
