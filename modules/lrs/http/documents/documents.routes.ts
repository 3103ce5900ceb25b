import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '../../../../src/platform/errors.js';
import type { NotFound } from '../../../../src/platform/errors.js';
import type { DocumentContent, DocumentHead, StoredDocument } from '../../documents/document.js';
import { DocumentsService } from '../../documents/documents.service.js';
import { hold } from '../../documents/preconditions.js';
import type { Preconditions } from '../../documents/preconditions.js';
import { addressOf, DOCUMENT_RESOURCES, everythingIn, listOf, namesDocument } from './document-resources.js';
import type { DocumentResource } from './document-resources.js';
import { answerError, BadRequest } from '../error-answer.js';
import { sendJson } from '../json-answer.js';
import { principalOf } from '../principal-of.js';

/** Of bodies that do not say what they are (RFC 7231 3.1.1.5). */
const UNKNOWN_TYPE = 'application/octet-stream';

/** `/xapi/activities/state`, `/xapi/activities/profile`, `/xapi/agents/profile` (Comm 2.2). */
@Injectable()
export class DocumentsRoutes {
  constructor(private readonly documents: DocumentsService) {}

  addTo(xapi: FastifyInstance): void {
    for (const resource of DOCUMENT_RESOURCES) {
      const { path } = resource;
      // HEAD comes first: GET would take it, and fetch contents to throw them away.
      xapi.head(path, (request, reply) => this.get(resource, request, reply));
      xapi.get(path, (request, reply) => this.get(resource, request, reply));
      xapi.put(path, (request, reply) => this.put(resource, request, reply));
      xapi.post(path, (request, reply) => this.post(resource, request, reply));
      xapi.delete(path, (request, reply) => this.delete(resource, request, reply));
    }
  }

  private get(resource: DocumentResource, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return namesDocument(resource, request.query)
      ? this.getOne(resource, request, reply)
      : this.getIds(resource, request, reply);
  }

  private async getOne(
    resource: DocumentResource,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const address = addressOf(resource, request.query);
    const principal = principalOf(request);
    const found: (DocumentHead & Partial<StoredDocument>) | NotFound =
      request.method === 'HEAD'
        ? await this.documents.head(principal, address)
        : await this.documents.find(principal, address);
    if (found instanceof UserError) return answerError(found, request, reply);
    describe(reply, found);
    if (!hold({ ifNoneMatch: request.headers['if-none-match'] }, found.etag)) return reply.status(304).send();
    void reply.headers({
      'content-type': found.contentType,
      'content-length': found.size,
      // Whatever somebody has stored must not run as a page of this service.
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    const { pieces } = found;
    if (!pieces) return reply.send();
    return reply.send(pieces.length === 1 ? pieces[0] : Readable.from(pieces));
  }

  private async getIds(
    resource: DocumentResource,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { place, since } = listOf(resource, request.query);
    const { json, updated } = await this.documents.ids(principalOf(request), place, since);
    if (updated) void reply.header('last-modified', updated.toUTCString());
    return sendJson(reply, json);
  }

  private async put(resource: DocumentResource, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const address = addressOf(resource, request.query);
    const unconditionally = resource.unconditionalPut[request.xapiVersion!];
    const document = contentOf(request);
    const conditions = preconditionsOf(request);
    const saved = await this.documents.put(principalOf(request), address, document, conditions, unconditionally);
    if (saved instanceof UserError) return answerError(saved, request, reply);
    describe(reply, saved);
    return reply.status(204).send();
  }

  private async post(resource: DocumentResource, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const address = addressOf(resource, request.query);
    const document = contentOf(request);
    const saved = await this.documents.post(principalOf(request), address, document, preconditionsOf(request));
    return saved instanceof UserError ? answerError(saved, request, reply) : reply.status(204).send();
  }

  private async delete(
    resource: DocumentResource,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const principal = principalOf(request);
    const conditions = preconditionsOf(request);
    if (resource.deletesAll && !namesDocument(resource, request.query)) {
      const place = everythingIn(resource, request.query);
      return this.answerDeletion(await this.documents.deleteAll(principal, place, conditions), request, reply);
    }
    const address = addressOf(resource, request.query);
    return this.answerDeletion(await this.documents.delete(principal, address, conditions), request, reply);
  }

  private answerDeletion(deleted: undefined | UserError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return deleted instanceof UserError ? answerError(deleted, request, reply) : reply.status(204).send();
  }
}

function describe(reply: FastifyReply, { etag, updated }: DocumentHead): void {
  void reply.header('etag', `"${etag}"`).header('last-modified', updated.toUTCString());
}

function preconditionsOf({ headers }: FastifyRequest): Preconditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

/** @throws BadRequest for compressed bodies: they would come back without the header that tells so */
function contentOf({ headers, body }: FastifyRequest): DocumentContent {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new BadRequest('UNSUPPORTED_CONTENT_ENCODING', `Documents are sent as they are, not in ${encoding}.`);
  }
  return {
    contentType: headers['content-type'] ?? UNKNOWN_TYPE,
    bytes: (body as Buffer | undefined) ?? Buffer.alloc(0),
  };
}
