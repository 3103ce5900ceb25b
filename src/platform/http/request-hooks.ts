import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { withRequestId } from '../logging/request-context.js';
import { keepOpenForAnswers } from './body-limit.js';
import { answerFailure } from './failure.js';
import type { Metrics } from './metrics.js';

const ACCEPTED_ID = /^[\w.:-]{1,128}$/;

/** The caller's X-Request-Id when it is harmless, otherwise a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED_ID.test(given) ? given : randomUUID();
}

/** Gives each answer its request id and each failure its shape, and writes one line and one measurement a request. */
export function addRequestHooks(server: FastifyInstance, log: Logger, metrics: Metrics): void {
  // Nest sets its handler of errors too late for its own routes: what fails before a handler runs (the key, the body's
  // size or syntax) would be answered in Fastify's shape.
  server.addHook('onRoute', (route) => {
    route.errorHandler ??= (error, request, reply) => answerFailure(error, request, reply);
  });
  keepOpenForAnswers(server);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    withRequestId(request.id, done);
  });
  // Reading the body leaves the asynchronous context that onRequest had opened.
  server.addHook('preValidation', (request, _reply, done) => withRequestId(request.id, done));
  server.addHook('onResponse', (request, reply, done) => {
    measure(request, reply, log, metrics);
    done();
  });
}

function measure(request: FastifyRequest, reply: FastifyReply, log: Logger, metrics: Metrics): void {
  const { method } = request;
  // The pattern and never the address itself: that may hold ids and query parameters of learners.
  const route = request.routeOptions.url ?? 'unknown';
  const status = reply.statusCode;
  const milliseconds = Math.round(reply.elapsedTime * 10) / 10;
  metrics.requests.observe({ method, route, status }, milliseconds / 1_000);
  log.info({ context: 'Http', requestId: request.id, method, route, status, milliseconds }, 'request');
}
