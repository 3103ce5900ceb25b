import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyTooLarge } from '../../../src/platform/http/body-limit.js';
import { addRefusalHeaders, statusOfRefusal } from '../../../src/platform/access/refusals.js';
import { DISK_FULL, isDiskFull } from '../../../src/platform/disk-full.js';
import {
  AccessDenied,
  Conflict,
  NotFound,
  TryAgainLater,
  UserError,
  ValidationFailed,
} from '../../../src/platform/errors.js';
import { PreconditionFailed } from '../documents/document.errors.js';
import { errorFormatOf } from './error-format.js';
import type { ToldError } from './error-format.js';

/** A request that is refused before it reaches a service. */
export class BadRequest extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly path: readonly string[] = [],
  ) {
    super(message);
    this.name = 'BadRequest';
  }
}

/** A request that has more bytes than the service takes (Comm 3.2). */
export class PayloadTooLarge extends Error {
  override readonly name = 'PayloadTooLarge';
  readonly statusCode = 413;
}

type ErrorBody = Omit<ToldError, 'requestId'>;

const logger = new Logger('Xapi');

/**
 * Answers a failure with one of the statuses of Comm 3.2 and `{ error: { code, message, path } }`, or the same in words for
 * those who would rather have text or HTML.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = statusOf(error);
  if (status === 500) logger.error(error);
  addRefusalHeaders(error, request, reply);
  const { type, write } = errorFormatOf(request.headers.accept);
  const body = write({ ...bodyOf(error, status, request), requestId: request.id }, status);
  const others = reply.getHeader('vary');
  void reply.headers({
    'content-type': `${type}; charset=utf-8`,
    // Messages quote what was sent, and a page of them must do nothing.
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    vary: others === undefined ? 'Accept' : `${String(others)}, Accept`,
  });
  return reply.status(status).send(body);
}

function statusOf(error: unknown): number {
  if (error instanceof AccessDenied || error instanceof TryAgainLater) return statusOfRefusal(error);
  if (error instanceof Conflict) return 409;
  if (error instanceof NotFound) return 404;
  if (error instanceof PreconditionFailed) return 412;
  if (error instanceof BadRequest || error instanceof ValidationFailed) return 400;
  const { statusCode } = error as { statusCode?: unknown };
  // Fastify's own: too large is a status of Comm 3.2; whatever else it refuses is a bad request there.
  if (statusCode === 413) return 413;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? 400 : 500;
}

function bodyOf(error: unknown, status: number, request: FastifyRequest): ErrorBody {
  if (error instanceof ValidationFailed) {
    const { code, message, problems } = error;
    const path = problems[0]?.path ?? error.path;
    return problems.length > 1 ? { code, message, path, problems } : { code, message, path };
  }
  if (error instanceof UserError || error instanceof BadRequest)
    return { code: error.code, message: error.message, path: error.path };
  if (error instanceof AccessDenied || error instanceof TryAgainLater)
    return { code: error.code, message: error.message, path: [] };
  return { ...bodyOfStatus(error, status, request), path: [] };
}

function bodyOfStatus(error: unknown, status: number, request: FastifyRequest): Pick<ErrorBody, 'code' | 'message'> {
  if (status === 413) {
    const message = error instanceof PayloadTooLarge ? error.message : bodyTooLarge(request);
    return { code: 'PAYLOAD_TOO_LARGE', message };
  }
  if (isDiskFull(error)) return DISK_FULL;
  if (status === 400) return { code: 'BAD_REQUEST', message: (error as Error).message };
  return {
    code: 'INTERNAL_SERVER_ERROR',
    message: 'Something went wrong here; the log has it under the request id.',
  };
}
