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
      await this.admit(request, reply);
    });
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const principal = await this.callers.identify(request.headers.authorization, { basic: takesBasic(request) });
    const quota = await this.quotas.spend(principal);
    if (quota) tellQuota(reply, quota);
    request.principal = principal;
  }
}
