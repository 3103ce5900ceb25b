import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CatalogService } from '../catalog/catalog.service.js';
import { sendJson } from './json-answer.js';
import { Parameters, required } from './parameters.js';
import { principalOf } from './principal-of.js';
import type { XapiResourceRoutes } from './xapi.routes.js';

/** `/xapi/activities` and `/xapi/agents` (Comm 2.4, 2.5). */
@Injectable()
export class CatalogRoutes implements XapiResourceRoutes {
  constructor(private readonly catalog: CatalogService) {}

  /** GET answers HEAD, too. */
  addTo(xapi: FastifyInstance): void {
    xapi.get('/activities', (request, reply) => this.activity(request, reply));
    xapi.get('/agents', (request, reply) => this.person(request, reply));
  }

  private async activity(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const parameters = new Parameters(request.query, ['activityId']);
    const id = required('activityId', parameters.iri('activityId'));
    return sendJson(reply, await this.catalog.activity(principalOf(request), id));
  }

  private async person(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const agent = required('agent', new Parameters(request.query, ['agent']).agent('agent'));
    return sendJson(reply, JSON.stringify(await this.catalog.person(principalOf(request), agent)));
  }
}
