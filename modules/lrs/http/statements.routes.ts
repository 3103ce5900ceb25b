import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { UserError } from '../../../src/platform/errors.js';
import type { StatementsBody } from '../statements/statements-body.js';
import { StatementsService } from '../statements/statements.service.js';
import { storedAt } from '../statements/stored-statement.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { ConsistentThrough } from './consistent-through.js';
import { answerError, BadRequest } from './error-answer.js';
import { jsonTextOf } from './json-body.js';
import { Parameters } from './parameters.js';
import { principalOf } from './principal-of.js';
import { StatementFormats } from './statement-formats.js';
import { GET_PARAMETERS, presentationOf, queryOfNextPage, searchOf, singleOf } from './statement-query.js';
import type { Presentation } from './statement-query.js';

const PARTIAL = 'X-Lectern-Partial';

/** `/xapi/statements` (xAPI 1.0.3 Communication 2.1). */
@Injectable()
export class StatementsRoutes {
  /** Where a proxy has put the service: `more` starts with it (Data 2.5). */
  private readonly basePath: string;

  constructor(
    @Inject(CONFIG) { publicUrl }: Config,
    private readonly statements: StatementsService,
    private readonly formats: StatementFormats,
    private readonly consistentThrough: ConsistentThrough,
  ) {
    this.basePath = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  }

  /** Adds the routes to the instance that serves /xapi. GET answers HEAD, too. */
  addTo(xapi: FastifyInstance): void {
    const options = { errorHandler: answerError };
    xapi.put('/statements', options, (request, reply) => this.put(request, reply));
    xapi.post('/statements', options, (request, reply) => this.post(request, reply));
    xapi.get('/statements', options, (request, reply) => this.get(request, reply));
  }

  private async put(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = new Parameters(request.query, ['statementId']).uuid('statementId');
    if (id === undefined)
      throw new BadRequest('REQUIRED', 'PUT needs the parameter statementId (Comm 2.1.1).', ['statementId']);
    const stored = await this.statements.store(principalOf(request), bodyOf(request), id);
    return stored instanceof UserError ? answerError(stored, request, reply) : reply.status(204).send();
  }

  private async post(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    new Parameters(request.query, []);
    const stored = wantsPartial(request)
      ? await this.statements.storeEach(principalOf(request), bodyOf(request))
      : await this.statements.store(principalOf(request), bodyOf(request));
    return stored instanceof UserError ? answerError(stored, request, reply) : reply.status(200).send(stored);
  }

  private get(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const parameters = new Parameters(request.query, GET_PARAMETERS);
    const single = singleOf(parameters);
    return single ? this.getOne(single, parameters, request, reply) : this.getList(parameters, request, reply);
  }

  private async getOne(
    { id, voided }: { id: string; voided: boolean },
    parameters: Parameters,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const presentation = presentationOf(parameters);
    const { found, completeUntil } = await this.statements.byId(principalOf(request), id, voided);
    this.consistentThrough.tell(reply, completeUntil);
    if (found instanceof UserError) return answerError(found, request, reply);
    const [text] = await this.formats.present(request, [found], presentation.format);
    return send(reply, [found], presentation, text!);
  }

  private async getList(parameters: Parameters, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const presentation = presentationOf(parameters);
    const search = searchOf(parameters);
    const { found, completeUntil } = await this.statements.search(principalOf(request), {
      ...search,
      limit: search.limit + 1,
    });
    this.consistentThrough.tell(reply, completeUntil);
    const page = found.slice(0, search.limit);
    const texts = await this.formats.present(request, page, presentation.format);
    const more = found.length > page.length ? this.moreAfter(page.at(-1)!, parameters) : '';
    return send(reply, page, presentation, `{"statements":[${texts.join(',')}],"more":${JSON.stringify(more)}}`);
  }

  private moreAfter(last: StoredStatement, parameters: Parameters): string {
    return `${this.basePath}/xapi/statements?${queryOfNextPage(parameters, last.position)}`;
  }
}

/** Ours: store what is good of a batch, and tell what is not, instead of all or nothing. */
function wantsPartial({ headers }: FastifyRequest): boolean {
  const value = headers[PARTIAL.toLowerCase()];
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new BadRequest('BAD_HEADER', `${PARTIAL} must be true or false.`);
}

/** Below /xapi every request has a version by the time it has a body. */
const bodyOf = (request: FastifyRequest): StatementsBody => ({
  text: jsonTextOf(request),
  version: request.xapiVersion!,
});

/** attachments=true is answered by multipart/mixed, even when nothing is attached (Comm 2.1.3, 1.5.2). */
function send(
  reply: FastifyReply,
  statements: readonly StoredStatement[],
  { attachments }: Presentation,
  json: string,
): FastifyReply {
  const latest = Math.max(...statements.map(({ position }) => storedAt(position)));
  if (statements.length > 0) void reply.header('Last-Modified', new Date(latest).toUTCString());
  if (!attachments) return reply.type('application/json; charset=utf-8').send(json);
  const boundary = randomUUID();
  return reply
    .type(`multipart/mixed; boundary=${boundary}`)
    .send(`--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${json}\r\n--${boundary}--\r\n`);
}
