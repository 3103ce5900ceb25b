import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GRAPHQL_PATH } from '../error-answer.js';
import { IDE_HEADERS, IDE_PAGE } from './ide-page.js';

/**
 * Shows the IDE to browsers at the address of GraphQL itself. A hook, because the route is Apollo Server's; it comes
 * before authentication (see authentication.hook.ts), because a browser that opens an address sends no key.
 */
@Injectable()
export class IdeHook implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('onRequest', (request, reply, done) => {
      if (isBrowserVisit(request)) void show(reply);
      else done();
    });
  }
}

function isBrowserVisit({ method, routeOptions, headers }: FastifyRequest): boolean {
  return method === 'GET' && routeOptions.url === GRAPHQL_PATH && (headers.accept ?? '').includes('text/html');
}

function show(reply: FastifyReply): FastifyReply {
  return reply.headers(IDE_HEADERS).send(IDE_PAGE);
}
