import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { UserError } from '../../../src/platform/errors.js';
import { StatementsService } from '../statements/statements.service.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { ConsistentThrough } from './consistent-through.js';
import { answerError, BadRequest } from './error-answer.js';
import { Parameters } from './parameters.js';
import { principalOf } from './principal-of.js';
import { StatementAnswers } from './statement-answers.js';
import { StatementsBodies } from './statements-bodies.js';
import { GET_PARAMETERS, presentationOf, queryOfNextPage, searchOf, singleOf } from './statement-query.js';

const PARTIAL = 'X-Lectern-Partial';

/** `/xapi/statements` (xAPI 1.0.3 Communication 2.1). */
@Injectable()
export class StatementsRoutes {
  /** Where a proxy has put the service: `more` starts with it (Data 2.5). */
  private readonly basePath: string;
  private readonly bodyLimit: number;

  constructor(
    @Inject(CONFIG) { publicUrl, maxStatementsBytes }: Config,
    private readonly statements: StatementsService,
    private readonly bodies: StatementsBodies,
    private readonly answers: StatementAnswers,
    private readonly consistentThrough: ConsistentThrough,
  ) {
    this.bodyLimit = maxStatementsBytes;
    this.basePath = publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  }

  /** Adds the routes to the instance that serves /xapi. GET answers HEAD, too. */
  addTo(xapi: FastifyInstance): void {
    const options = { errorHandler: answerError };
    const stores = { ...options, bodyLimit: this.bodyLimit, config: { limitedBy: 'MAX_STATEMENTS_BYTES' } };
    xapi.register((statements, _, done) => {
      // Elsewhere bodies of this type are documents.
      statements.addContentTypeParser(/^multipart\/mixed\b/i, ({ raw }, _payload, parsed) => parsed(null, raw));
      statements.put('/statements', stores, (request, reply) => this.put(request, reply));
      statements.post('/statements', stores, (request, reply) => this.post(request, reply));
      statements.get('/statements', options, (request, reply) => this.get(request, reply));
      done();
    });
  }

  private async put(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = new Parameters(request.query, ['statementId']).uuid('statementId');
    if (id === undefined)
      throw new BadRequest('REQUIRED', 'PUT needs the parameter statementId (Comm 2.1.1).', ['statementId']);
    const stored = await this.bodies.read(request, reply, false, (body) =>
      this.statements.store(principalOf(request), body, id),
    );
    return stored instanceof UserError ? answerError(stored, request, reply) : reply.status(204).send();
  }

  private async post(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    new Parameters(request.query, []);
    const principal = principalOf(request);
    const stored = wantsPartial(request)
      ? await this.bodies.read(request, reply, true, (body) => this.statements.storeEach(principal, body))
      : await this.bodies.read(request, reply, false, (body) => this.statements.store(principal, body));
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
    return this.answers.sendOne(request, reply, presentation, found);
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
    const more = found.length > page.length ? this.moreAfter(page.at(-1)!, parameters) : '';
    return this.answers.sendList(request, reply, presentation, page, more);
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
