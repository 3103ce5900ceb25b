import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { authorityOf } from '../authority.js';
import { belongsToCourse } from '../course-activity.js';
import { readsOnlyOwn, requireXapiScope } from '../xapi-scopes.js';
import { readStatements } from './statement-intake.js';
import type { SentStatements } from './statement-intake.js';
import { prepareStatement } from './prepared-statement.js';
import type { StatementsBody } from './statements-body.js';
import { StatementPolicies } from './statement-policies.js';
import { StatementSearchStore } from './statement-search.store.js';
import type { StatementSearch } from './statement-search.store.js';
import { StatementStore } from './statement.store.js';
import type { Found } from './statement.store.js';
import { StatementWriter } from './writing/statement-writer.js';
import type { StoredStatement } from './stored-statement.js';
import { isActivity } from '../xapi/statement.js';
import type { Actor, Statement } from '../xapi/statement.js';
import { authorityKey } from '../xapi/terms.js';

/** Storing and finding statements (xAPI 1.0.3 Communication 2.1). */
@Injectable()
export class StatementsService {
  @Inject(StatementPolicies) private readonly policies!: StatementPolicies;

  constructor(
    private readonly address: PublicAddress,
    private readonly statements: StatementStore,
    private readonly searches: StatementSearchStore,
    private readonly writer: StatementWriter,
  ) {}

  /**
   * Stores the statements of a body, all or none. What is stored already, and is the same, stays as it is.
   *
   * @param statementId of a PUT: there is one statement, and this is its id
   * @returns the ids in the order of the body; ValidationFailed; Conflict when an id has another statement
   * @throws AccessDenied without a scope that allows to write statements, and when the key may not write about the object
   */
  async store(
    principal: Principal,
    body: StatementsBody,
    statementId?: string,
  ): Promise<readonly string[] | ValidationFailed | Conflict> {
    requireXapiScope(principal, 'statements', 'write');
    const sent = readStatements(body);
    if (sent instanceof ValidationFailed) return sent;
    const mismatch = statementId === undefined ? undefined : mismatchWith(statementId, sent);
    if (mismatch) return mismatch;
    for (const { statement } of sent.statements) requireAllowedObject(principal, statement);
    const refusal = await this.policies.refusalOf(principal, sent);
    if (refusal) return refusal;
    const sender = { principal, authority: this.authorityOf(principal) };
    const prepared = sent.statements.map((one) => prepareStatement(one, body, sender, statementId));
    if (prepared.length === 0) return [];
    const conflict = await this.writer.write(principal.organizationId, prepared);
    return conflict ?? prepared.map(({ row }) => row.id);
  }

  /** The statement, when it is voided or not, as asked. */
  async byId(principal: Principal, id: string, voided: boolean): Promise<Found<StoredStatement | NotFound>> {
    const assertedBy = this.readableFor(principal);
    const { completeUntil, found } = await this.statements.find(principal.organizationId, id, voided, assertedBy);
    return { completeUntil, found: found ?? new NotFound('Statement', id) };
  }

  /** One page, in the order of storage. */
  async search(principal: Principal, search: StatementSearch): Promise<Found<StoredStatement[]>> {
    const assertedBy = this.readableFor(principal);
    return this.searches.search(
      principal.organizationId,
      assertedBy === undefined ? search : { ...search, assertedBy },
    );
  }

  /**
   * The time before which no statement can appear any more.
   *
   * @param organizationId every organization when it is not known
   */
  completeUntil(organizationId: string | undefined): Promise<number> {
    return this.statements.completeUntil(organizationId);
  }

  /**
   * The key of the authority whose statements the caller may read; undefined when it may read all.
   *
   * @throws AccessDenied without a scope that allows to read statements
   */
  private readableFor(principal: Principal): string | undefined {
    requireXapiScope(principal, 'statements', 'read');
    return readsOnlyOwn(principal) ? authorityKey(this.authorityOf(principal)) : undefined;
  }

  private authorityOf(principal: Principal): Actor {
    return authorityOf(principal, this.address.of(''));
  }
}

/** Comm 2.1.1: PUT takes one statement, whose id, where it has one, is the one of the request. */
function mismatchWith(statementId: string, { inList, statements }: SentStatements): ValidationFailed | undefined {
  const [first] = statements;
  if (!first || inList) {
    return new ValidationFailed([
      { code: 'WRONG_TYPE', message: 'PUT takes one statement, not a list (Comm 2.1.1).', path: [] },
    ]);
  }
  const { id = statementId } = first.statement;
  if (id.toLowerCase() === statementId.toLowerCase()) return undefined;
  return new ValidationFailed([
    { code: 'NOT_ALLOWED', message: 'id differs from the parameter statementId (Comm 2.1.1).', path: ['id'] },
  ]);
}

/** Keys that packages carry are in the hands of learners: they may add to the records of their own course only. */
function requireAllowedObject({ restriction }: Principal, { object }: Statement): void {
  if (!restriction) return;
  if (isActivity(object) && belongsToCourse(object.id, restriction.courseId)) return;
  throw new AccessDenied(
    'FORBIDDEN',
    `This key may only send statements about the course ${restriction.courseId} and what belongs to it.`,
  );
}
