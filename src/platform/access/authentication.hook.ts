import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccessDenied } from '../errors.js';
import { Authenticator } from './authenticator.js';
import { parseAuthorization } from './credentials.js';
import type { Principal } from './principal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is calling; unset on public routes only. */
    principal?: Principal;
  }
  interface FastifyContextConfig {
    /** Set by `@Public()`. */
    public?: boolean;
  }
}

/** Finds out who is calling, once per request and before its body is read; refuses anonymous calls with 401. */
@Injectable()
export class AuthenticationHook implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly authenticator: Authenticator,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('preParsing', async (request, reply) => this.identify(request, reply));
  }

  private async identify(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.method === 'OPTIONS' || request.is404 || request.routeOptions.config.public) return;
    // Browsers send Basic credentials that they remember to any page's request; only /xapi, whose clients need it, takes them.
    const basic = /^\/xapi(\/|\?|$)/.test(request.url);
    const credentials = parseAuthorization(request.headers.authorization, { basic });
    const principal = credentials && (await this.authenticator.authenticate(credentials));
    if (principal) {
      request.principal = principal;
      return;
    }
    void reply.header(
      'www-authenticate',
      basic ? 'Bearer realm="lectern", Basic realm="lectern"' : 'Bearer realm="lectern"',
    );
    throw new AccessDenied('UNAUTHENTICATED', 'Send a valid API key: "Authorization: Bearer id:secret".');
  }
}
