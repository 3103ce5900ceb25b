import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotFound } from '../../../src/platform/errors.js';
import { ConsistentThrough } from './consistent-through.js';
import { answerError, BadRequest } from './error-answer.js';
import { StatementsRoutes } from './statements.routes.js';

/** The latest patch version of those that are served (Comm 3.3). */
const VERSION = '1.0.3';
const SUPPORTED = ['1.0.0', '1.0.1', '1.0.2', '1.0.3'];
const ACCEPTED = /^1\.0(?:\.\d+)?$/;

/**
 * Everything below /xapi. It is a server within the server, not a set of controllers: it reads bodies as bytes whatever
 * their type, since statements are kept as they were sent, and every answer of it, also to what no route takes, has the
 * headers of xAPI and errors in one shape.
 */
@Injectable()
export class XapiRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly statements: StatementsRoutes,
    private readonly consistentThrough: ConsistentThrough,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register(
      (xapi, _, done) => {
        this.readBytes(xapi);
        this.addHooks(xapi);
        this.statements.addTo(xapi);
        xapi.get('/about', { config: { public: true } }, (_request, reply) => reply.send({ version: SUPPORTED }));
        done();
      },
      { prefix: '/xapi' },
    );
  }

  private readBytes(xapi: FastifyInstance): void {
    xapi.removeAllContentTypeParsers();
    xapi.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  }

  private addHooks(xapi: FastifyInstance): void {
    xapi.addHook('onRequest', (_, reply, done) => {
      void reply.header('X-Experience-API-Version', VERSION);
      done();
    });
    // Before the body is read, and after the caller is known.
    xapi.addHook('preParsing', async (request) => requireVersion(request));
    xapi.addHook('onSend', async (request, reply) => {
      if (isStatements(request)) await this.consistentThrough.complete(request, reply);
    });
    xapi.setNotFoundHandler((request, reply) =>
      answerError(new NotFound('Resource', `${request.method} ${request.url}`), request, reply),
    );
  }
}

/** Comm 3.3; /about takes any version, or none (Comm 2.8). */
function requireVersion(request: FastifyRequest): void {
  if (request.is404 || request.routeOptions.config.public) return;
  const version = request.headers['x-experience-api-version'];
  if (typeof version === 'string' && ACCEPTED.test(version)) return;
  const found = version === undefined ? 'it is missing' : `not "${String(version)}"`;
  throw new BadRequest('UNSUPPORTED_VERSION', `X-Experience-API-Version must be 1.0 or 1.0.x, ${found} (Comm 3.3).`);
}

const isStatements = ({ url }: FastifyRequest) => /^\/xapi\/statements(?:\?|$)/.test(url);
