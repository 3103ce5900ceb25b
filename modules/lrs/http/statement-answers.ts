import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { storedAt } from '../statements/stored-statement.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { multipartAnswer } from './multipart-answer.js';
import { joinedBytes } from './joined-bytes.js';
import { principalOf } from './principal-of.js';
import { StatementFormats } from './statement-formats.js';
import type { Presentation } from './statement-query.js';

/** Answers with statements: JSON, or multipart/mixed with the bytes of their attachments (Comm 2.1.3). */
@Injectable()
export class StatementAnswers {
  constructor(
    private readonly formats: StatementFormats,
    private readonly attachments: AttachmentsService,
  ) {}

  async sendOne(
    request: FastifyRequest,
    reply: FastifyReply,
    presentation: Presentation,
    statement: StoredStatement,
  ): Promise<FastifyReply> {
    const [json] = await this.formats.present(request, [statement], presentation.format);
    return this.send(request, reply, presentation, [statement], Buffer.from(json!));
  }

  /** @param more where the list goes on; empty at its end */
  async sendList(
    request: FastifyRequest,
    reply: FastifyReply,
    presentation: Presentation,
    statements: readonly StoredStatement[],
    more: string,
  ): Promise<FastifyReply> {
    const texts = await this.formats.present(request, statements, presentation.format);
    const json = joinedBytes('{"statements":[', texts, `],"more":${JSON.stringify(more)}}`);
    return this.send(request, reply, presentation, statements, json);
  }

  /** attachments=true is answered by multipart/mixed, even when nothing is attached (Comm 2.1.3, 1.5.2). */
  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    { attachments }: Presentation,
    statements: readonly StoredStatement[],
    json: Buffer,
  ): Promise<FastifyReply> {
    // They are in the order of storage: the latest is at an end.
    const ends = [statements.at(0), statements.at(-1)].flatMap((one) => (one ? [storedAt(one.position)] : []));
    if (ends.length > 0) void reply.header('Last-Modified', new Date(Math.max(...ends)).toUTCString());
    if (!attachments) return reply.type('application/json; charset=utf-8').send(json);
    const { organizationId } = principalOf(request);
    const found = await this.attachments.of(organizationId, statements);
    // HEAD is answered like GET; its body, which nobody gets, need not be read from the storage.
    const opened = this.attachments.open(organizationId, request.method === 'HEAD' ? [] : found);
    const { contentType, body } = multipartAnswer(json, opened);
    return reply.type(contentType).send(body);
  }
}
