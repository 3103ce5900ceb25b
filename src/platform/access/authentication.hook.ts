import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Callers } from './callers.js';
import type { Principal } from './principal.js';
import { takesBasic, tellQuota } from './refusals.js';
import { RequestQuotas } from './request-quotas.js';

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
    private readonly callers: Callers,
    private readonly quotas: RequestQuotas,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addHook('preParsing', async (request, reply) => {
      if (request.method === 'OPTIONS' || request.is404 || request.routeOptions.config.public) return;
      await this.admit(request, reply, request.headers.authorization);
    });
  }

  /**
   * Sets the principal of a request. For requests whose credentials are not in their header, too: their routes are
   * public, and call this once they have read the credentials.
   *
   * @param authorization the text of an Authorization header
   * @throws AccessDenied, QuotaExceeded, TryAgainLater; see {@link Callers} and {@link RequestQuotas}
   */
  async admit(request: FastifyRequest, reply: FastifyReply, authorization: string | undefined): Promise<void> {
    const principal = await this.callers.identify(authorization, { basic: takesBasic(request) });
    const quota = await this.quotas.spend(principal);
    if (quota) tellQuota(reply, quota);
    request.principal = principal;
  }
}
