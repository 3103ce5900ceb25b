import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccessDenied, ValidationFailed } from '../../../src/platform/errors.js';
import { Refused, succeeded } from '../../../src/platform/graphql/refused.js';
import { StatementImportsService } from './statement-imports.service.js';

const TYPES = ['application/x-ndjson', 'application/jsonl', 'application/gzip', 'application/octet-stream'];

/**
 * `POST /statement-imports`: a file of statements as the body. A server within the server: elsewhere bodies are read whole
 * before anybody sees them, here they go straight to the storage.
 */
@Injectable()
export class StatementImportRoutes implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly imports: StatementImportsService,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.register(
      (routes, _, done) => {
        routes.removeAllContentTypeParsers();
        routes.addContentTypeParser(TYPES, ({ raw }, _payload, parsed) => parsed(null, raw));
        routes.post('/', (request, reply) => this.start(request, reply));
        done();
      },
      { prefix: '/statement-imports' },
    );
  }

  /** Answers 202 with the import, which a job does. */
  private async start({ principal, body, query }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (!principal) throw new AccessDenied('UNAUTHENTICATED', 'This needs an API key.');
    if (!(body instanceof Readable)) throw new Refused(noFile());
    const { fileName } = query as { fileName?: unknown };
    const started = succeeded(
      await this.imports.start(principal, body, typeof fileName === 'string' ? fileName.slice(0, 200) : undefined),
    );
    const { id, status, bytes, sha256 } = started;
    return reply.status(202).send({ id, status, bytes, sha256 });
  }
}

const noFile = () =>
  new ValidationFailed([
    { code: 'REQUIRED', message: `Send the file as the body, as ${TYPES.join(', ')}.`, path: ['body'] },
  ]);
