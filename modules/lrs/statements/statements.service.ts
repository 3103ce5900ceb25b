import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { Turns } from '../../../src/platform/turns.js';
import { authorityOf } from '../authority.js';
import { belongsToCourse } from '../course-activity.js';
import { readsOnlyOwn, requireXapiScope } from '../xapi-scopes.js';
import { isBad, readStatements } from './statement-intake.js';
import type { SentStatement } from './statement-intake.js';
import { refusedAsBad, refusedAsConflict, refusedAsDenied } from './partial-batch.js';
import type { PartialBatch, RefusedStatement } from './partial-batch.js';
import { prepareStatement } from './prepared-statement.js';
import type { PreparedStatement, Sender } from './prepared-statement.js';
import type { StatementsBody } from './statements-body.js';
import { StatementPolicies } from './statement-policies.js';
import { StatementSearchStore } from './statement-search.store.js';
import type { StatementSearch } from './statement-search.store.js';
import { StatementStore } from './statement.store.js';
import type { Found } from './statement.store.js';
import { StatementWriter } from './writing/statement-writer.js';
import type { StoredStatement } from './stored-statement.js';
import { isActivity } from '../xapi/statement.js';
import type { Statement } from '../xapi/statement.js';
import { authorityKey } from '../xapi/terms.js';

/** Storing and finding statements (xAPI 1.0.3 Communication 2.1). */
@Injectable()
export class StatementsService {
  private readonly senders = new WeakMap<Principal, Sender>();

  constructor(
    private readonly address: PublicAddress,
    private readonly statements: StatementStore,
    private readonly searches: StatementSearchStore,
    private readonly writer: StatementWriter,
    private readonly policies: StatementPolicies,
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
    const sent = await readStatements(body);
    if (sent instanceof ValidationFailed) return sent;
    const problems = sent.statements.flatMap((one) => (isBad(one) ? one.problems : []));
    if (problems.length > 0) return new ValidationFailed(problems);
    const good = sent.statements as readonly SentStatement[];
    const mismatch = statementId === undefined ? undefined : mismatchWith(statementId, sent.inList, good);
    if (mismatch) return mismatch;
    for (const { statement } of good) requireAllowedObject(principal, statement);
    const refusal = await this.policies.refusalOf(principal, { inList: sent.inList, statements: good });
    if (refusal) return refusal;
    const prepared = await this.prepare(principal, body, good, statementId);
    if (prepared.length === 0) return [];
    const conflict = await this.writer.write(principal.organizationId, prepared);
    return conflict ?? prepared.map(({ row }) => row.id);
  }

  /**
   * Stores those statements of a body that can be stored, and tells what is wrong with the others.
   *
   * @returns ValidationFailed when the body is no JSON
   * @throws AccessDenied without a scope that allows to write statements
   */
  async storeEach(principal: Principal, body: StatementsBody): Promise<PartialBatch | ValidationFailed> {
    requireXapiScope(principal, 'statements', 'write');
    const sent = await readStatements(body);
    if (sent instanceof ValidationFailed) return sent;
    const refused: RefusedStatement[] = [];
    const good = new Map<number, SentStatement>();
    for (const [index, one] of sent.statements.entries()) {
      const refusal = isBad(one) ? refusedAsBad(one, index) : refusalOfObject(principal, one.statement, index);
      if (refusal) refused.push(refusal);
      else good.set(index, one as SentStatement);
    }
    refused.push(...(await this.takeRefused(principal, good)));
    const prepared = await this.prepare(principal, body, [...good.values()]);
    const conflicts = await this.writeFree(principal.organizationId, prepared);
    const indexes = [...good.keys()];
    const stored = prepared.flatMap(({ row: { id } }, nth) => {
      if (!conflicts.has(id)) return [id];
      refused.push(refusedAsConflict(id, indexes[nth]!));
      return [];
    });
    return { stored, refused: refused.sort((one, other) => one.index - other.index) };
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
   * @param age how many milliseconds ago it may have been found out
   * @returns no promise when it is known
   */
  completeUntil(organizationId: string | undefined, age: number): number | Promise<number> {
    return this.statements.completeUntil(organizationId, age);
  }

  /**
   * The key of the authority whose statements the caller may read; undefined when it may read all.
   *
   * @throws AccessDenied without a scope that allows to read statements
   */
  private readableFor(principal: Principal): string | undefined {
    requireXapiScope(principal, 'statements', 'read');
    return readsOnlyOwn(principal) ? authorityKey(this.senderOf(principal).authority) : undefined;
  }

  /** Takes out those that do not satisfy what is asked beyond xAPI. */
  private async takeRefused(principal: Principal, good: Map<number, SentStatement>): Promise<RefusedStatement[]> {
    const entries = [...good];
    const problems = await this.policies.check(
      principal,
      entries.map(([, { statement }]) => statement),
    );
    return entries.flatMap(([index, { statement }], nth): RefusedStatement[] => {
      const found = (problems?.[nth] ?? []).map((one) => ({ ...one, path: [String(index), ...one.path] }));
      if (found.length === 0) return [];
      good.delete(index);
      return [refusedAsBad({ id: statement.id, problems: found }, index)];
    });
  }

  /** Large batches in slices. */
  private async prepare(
    principal: Principal,
    body: StatementsBody,
    sent: readonly SentStatement[],
    statementId?: string,
  ): Promise<PreparedStatement[]> {
    const sender = this.senderOf(principal);
    const prepared: PreparedStatement[] = [];
    const turns = new Turns();
    for (const one of sent) {
      prepared.push(prepareStatement(one, body, sender, statementId));
      if (turns.isOver) await turns.next();
    }
    return prepared;
  }

  /** Writes all but those whose ids have other statements. @returns their ids */
  private async writeFree(organizationId: string, prepared: readonly PreparedStatement[]): Promise<Set<string>> {
    const conflicts = new Set<string>();
    for (;;) {
      const free = prepared.filter(({ row }) => !conflicts.has(row.id));
      const conflict = free.length > 0 ? await this.writer.write(organizationId, free) : undefined;
      if (!conflict) return conflicts;
      for (const id of conflict.ids) conflicts.add(id);
    }
  }

  private senderOf(principal: Principal): Sender {
    const known = this.senders.get(principal);
    if (known) return known;
    const authority = authorityOf(principal, this.address.of(''));
    const sender = { principal, authority, authorityText: JSON.stringify(authority) };
    this.senders.set(principal, sender);
    return sender;
  }
}

/** Comm 2.1.1: PUT takes one statement, whose id, where it has one, is the one of the request. */
function mismatchWith(
  statementId: string,
  inList: boolean,
  [first]: readonly SentStatement[],
): ValidationFailed | undefined {
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

function refusalOfObject(principal: Principal, statement: Statement, index: number): RefusedStatement | undefined {
  try {
    requireAllowedObject(principal, statement);
    return undefined;
  } catch (error) {
    return refusedAsDenied(error, statement.id, index);
  }
}
