import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../../src/platform/errors.js';
import { ConsistentThrough } from './consistent-through.js';
import { DocumentsRoutes } from './documents.routes.js';
import { answerError } from './error-answer.js';
import { StatementsRoutes } from './statements.routes.js';
import { SUPPORTED_VERSIONS, versionOf } from './version.js';
import type { XapiVersion } from './version.js';

const HEADER = 'X-Experience-API-Version';

/** Of answers to requests that do not say which version they speak, as those to /about. */
const DEFAULT_VERSION: XapiVersion = '1.0.3';

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
    private readonly documents: DocumentsRoutes,
    private readonly consistentThrough: ConsistentThrough,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register(
      (xapi, _, done) => {
        this.readBytes(xapi);
        this.addHooks(xapi);
        this.statements.addTo(xapi);
        this.documents.addTo(xapi);
        xapi.get('/about', { config: { public: true } }, (_request, reply) =>
          reply.send({ version: SUPPORTED_VERSIONS }),
        );
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
      void reply.header(HEADER, DEFAULT_VERSION);
      done();
    });
    // Before the body is read, and after the caller is known.
    xapi.addHook('preParsing', async (request, reply) => negotiateVersion(request, reply));
    xapi.addHook('onSend', async (request, reply) => {
      if (isStatements(request)) await this.consistentThrough.complete(request, reply);
    });
    xapi.setNotFoundHandler((request, reply) =>
      answerError(new NotFound('Resource', `${request.method} ${request.url}`), request, reply),
    );
  }
}

/** Comm 3.3; /about takes any version, or none (Comm 2.8). */
function negotiateVersion(request: FastifyRequest, reply: FastifyReply): void {
  if (request.is404 || request.routeOptions.config.public) return;
  request.xapiVersion = versionOf(request);
  void reply.header(HEADER, request.xapiVersion);
}

const isStatements = ({ url }: FastifyRequest) => /^\/xapi\/statements(?:\?|$)/.test(url);
