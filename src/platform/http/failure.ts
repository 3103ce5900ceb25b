import { HttpException, HttpStatus, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DISK_FULL, isDiskFull } from '../disk-full.js';
import { addRefusalHeaders, statusOfRefusal } from '../access/refusals.js';
import { AccessDenied, TryAgainLater, ValidationFailed } from '../errors.js';
import type { Problem } from '../errors.js';
import { bodyTooLarge } from './body-limit.js';
import { GRAPHQL_PATH } from '../graphql/error-answer.js';
import { Refused } from '../graphql/refused.js';

const logger = new Logger('Http');

interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** The part of the request that is the reason, where one is. */
  readonly path?: readonly string[];
  readonly problems?: readonly Problem[];
}

/** Statuses of expected failures; the others break rules of the input. */
const STATUS_OF: Readonly<Record<string, HttpStatus>> = {
  NOT_FOUND: HttpStatus.NOT_FOUND,
  CONFLICT: HttpStatus.CONFLICT,
  REVISION_CONFLICT: HttpStatus.CONFLICT,
};

/**
 * Answers a failed request with `{ error: { code, message, path?, problems?, requestId } }`; one to /graphql that fails
 * before GraphQL sees it in the shape its clients read, `{ errors: [{ message, extensions: { code, requestId } }] }`. The
 * unexpected is told to the log in full and to the caller by its request id only.
 */
export function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, ...answer } = answerTo(error, request);
  const { code, message } = answer;
  const requestId = request.id;
  if (status >= 500 && !(error instanceof TryAgainLater)) logger.error(error);
  if (reply.sent) return;
  addRefusalHeaders(error, request, reply);
  const body =
    request.routeOptions.url === GRAPHQL_PATH
      ? { errors: [{ message, extensions: { code, requestId } }] }
      : { error: { ...answer, requestId } };
  void reply.status(status).send(body);
}

function answerTo(error: unknown, request: FastifyRequest): ErrorAnswer {
  if (error instanceof AccessDenied || error instanceof TryAgainLater) {
    return { status: statusOfRefusal(error), code: error.code, message: error.message };
  }
  if (error instanceof Refused) {
    const { code, message, path } = error.failure;
    const problems = error.failure instanceof ValidationFailed ? { problems: error.failure.problems } : {};
    return { status: STATUS_OF[code] ?? HttpStatus.UNPROCESSABLE_ENTITY, code, message, path, ...problems };
  }
  if (isBodyTooLarge(error)) {
    return { status: HttpStatus.PAYLOAD_TOO_LARGE, code: 'PAYLOAD_TOO_LARGE', message: bodyTooLarge(request) };
  }
  if (isDiskFull(error)) return { status: HttpStatus.INSUFFICIENT_STORAGE, ...DISK_FULL };
  const status = statusOf(error);
  if (status < 500) return { status, code: HttpStatus[status] ?? 'BAD_REQUEST', message: (error as Error).message };
  return {
    status,
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong on our side; the log has it under the request id.',
  };
}

/** Fastify's; uploads that are too large have a limit of their own, and say so. */
const isBodyTooLarge = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'FST_ERR_CTP_BODY_TOO_LARGE';

/** Nest's exceptions and Fastify's own errors (too large, malformed JSON) tell their status. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 600 ? statusCode : 500;
}
