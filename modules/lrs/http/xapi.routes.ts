import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { NotFound } from '../../../src/platform/errors.js';
import { ArrivingBodies, chunksOf } from '../../../src/platform/http/arriving-bodies.js';
import { isAlternate, requestBehind } from './alternate-request.js';
import { ConsistentThrough } from './consistent-through.js';
import { answerError } from './error-answer.js';
import { Parameters } from './parameters.js';
import { requiredVersionOf, SUPPORTED_VERSIONS, versionOf } from './version.js';

/** Injection token of the list of all {@link XapiResourceRoutes}. */
export const XAPI_RESOURCES = Symbol('XAPI_RESOURCES');

/** The routes of a resource. They need no handler of errors; GET answers HEAD, too. */
export interface XapiResourceRoutes {
  /** Adds the routes to the instance that serves /xapi. */
  addTo(xapi: FastifyInstance): void;
}

const HEADER = 'X-Experience-API-Version';

/**
 * Everything below /xapi. It is a server within the server, not a set of controllers: it reads bodies as bytes whatever
 * their type, since statements are kept as they were sent, and every answer of it, also to what no route takes, has the
 * headers of xAPI and errors in one shape.
 */
@Injectable()
export class XapiRoutes implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: HttpAdapterHost,
    @Inject(XAPI_RESOURCES) private readonly resources: readonly XapiResourceRoutes[],
    private readonly consistentThrough: ConsistentThrough,
    private readonly arriving: ArrivingBodies,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register(
      (xapi, _, done) => {
        this.readBytes(xapi);
        this.addHooks(xapi);
        for (const resource of this.resources) resource.addTo(xapi);
        xapi.get('/about', { config: { public: true } }, about);
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
    xapi.addHook('onRoute', (route) => {
      route.errorHandler = (error, request, reply) => void answerError(error, request, reply);
    });
    // First of all, so that every answer tells a version, also to those who are refused.
    xapi.addHook('onRequest', (request, reply, done) => {
      const version = versionOf(request);
      if (version) request.xapiVersion = version;
      void reply.header(HEADER, version ?? this.config.xapiDefaultVersion);
      done();
    });
    xapi.addHook('onRequest', (request, reply, done) => {
      if (!isAlternate(request)) return done();
      const body = (limit: number) => this.arriving.pieces(chunksOf(request.raw), reply.raw, limit);
      requestBehind(request, body, this.config.maxBodyBytes).then((behind) => {
        // Handled from the start, as what it stands for: by its resource, with its credentials.
        reply.hijack();
        xapi.routing(behind, reply.raw);
      }, done);
    });
    // Before the body is read, and after the caller is known.
    xapi.addHook('preParsing', (request, _reply, _payload, done) => {
      if (!request.is404 && !request.routeOptions.config.public) requiredVersionOf(request);
      done();
    });
    xapi.addHook('onSend', (request, reply, payload, done) => {
      const completing = isStatements(request) ? this.consistentThrough.complete(request, reply) : undefined;
      if (completing) completing.then(() => done(null, payload), done);
      else done(null, payload);
    });
    xapi.setNotFoundHandler((request, reply) =>
      answerError(new NotFound('Resource', `${request.method} ${request.url}`), request, reply),
    );
  }
}

const isStatements = ({ url }: FastifyRequest) => /^\/xapi\/statements(?:\?|$)/.test(url);

/** Comm 2.8. */
function about({ query }: FastifyRequest, reply: FastifyReply): FastifyReply {
  new Parameters(query, []);
  return reply.send({ version: SUPPORTED_VERSIONS });
}
