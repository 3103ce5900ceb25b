import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { PublicAddress } from '../../../src/platform/http/public-address.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import { authorityOf } from '../authority.js';
import { belongsToCourse } from '../course-activity.js';
import { readsOnlyOwn, requireXapiScope } from '../xapi-scopes.js';
import { readStatements } from './statement-intake.js';
import type { SentStatement, SentStatements } from './statement-intake.js';
import { StatementFeed } from './statement-feed.js';
import { StatementSearchStore } from './statement-search.store.js';
import type { StatementSearch } from './statement-search.store.js';
import { StatementStore } from './statement.store.js';
import type { StatementRow } from './statement.store.js';
import type { StoredStatement } from './stored-statement.js';
import { isSameStatement } from '../xapi/comparison.js';
import { sealStatement } from '../xapi/seal.js';
import { isActivity, isStatementRef, isVoiding } from '../xapi/statement.js';
import type { Actor, Statement } from '../xapi/statement.js';
import { authorityKey, termKey, termsOf } from '../xapi/terms.js';

/** Has no rows: row-level security shows nothing to it. */
const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

/** Statements, and the time up to which the list of them is complete (milliseconds since 1970). */
export interface Found<T> {
  readonly completeUntil: number;
  readonly found: T;
}

/** A statement that is ready to be written as soon as the time of storage is known. */
interface Prepared {
  readonly sent: SentStatement;
  readonly row: Omit<StatementRow, 'text'>;
}

/** Storing and finding statements (xAPI 1.0.3 Communication 2.1). */
@Injectable()
export class StatementsService {
  constructor(
    private readonly address: PublicAddress,
    private readonly unitOfWork: UnitOfWork,
    private readonly statements: StatementStore,
    private readonly searches: StatementSearchStore,
    private readonly feed: StatementFeed,
  ) {}

  /**
   * Stores the statements of a body, all or none. What is stored already, and is the same, stays as it is.
   *
   * @param text JSON of one statement or of a list of them
   * @param statementId of a PUT: there is one statement, and this is its id
   * @returns the ids in the order of the body; ValidationFailed; Conflict when an id has another statement
   * @throws AccessDenied without a scope that allows to write statements, and when the key may not write about the object
   */
  async store(
    principal: Principal,
    text: string,
    statementId?: string,
  ): Promise<readonly string[] | ValidationFailed | Conflict> {
    requireXapiScope(principal, 'statements', 'write');
    const sent = readStatements(text);
    if (sent instanceof ValidationFailed) return sent;
    const mismatch = statementId === undefined ? undefined : mismatchWith(statementId, sent);
    if (mismatch) return mismatch;
    for (const { statement } of sent.statements) requireAllowedObject(principal, statement);
    const authority = this.authorityOf(principal);
    const prepared = sent.statements.map((one) => prepare(one, authority, statementId));
    if (prepared.length === 0) return [];
    return this.unitOfWork.run(principal.organizationId, async () => {
      const conflict = await this.write(principal.organizationId, sent.text, prepared, JSON.stringify(authority));
      return conflict ?? prepared.map(({ row }) => row.id);
    });
  }

  /** The statement, when it is voided or not, as asked. */
  byId(principal: Principal, id: string, voided: boolean): Promise<Found<StoredStatement | NotFound>> {
    const assertedBy = this.readableFor(principal);
    return this.read(principal, async () => {
      const found = await this.statements.find(principal.organizationId, id, voided, assertedBy);
      return found ?? new NotFound('Statement', id);
    });
  }

  /** One page, in the order of storage. */
  search(principal: Principal, search: StatementSearch): Promise<Found<StoredStatement[]>> {
    const assertedBy = this.readableFor(principal);
    const readable = assertedBy === undefined ? search : { ...search, assertedBy };
    return this.read(principal, () => this.searches.search(principal.organizationId, readable));
  }

  /**
   * The time before which no statement can appear any more.
   *
   * @param organizationId every organization when it is not known
   */
  completeUntil(organizationId: string | undefined): Promise<number> {
    return this.unitOfWork.read(organizationId ?? NO_ORGANIZATION, () => this.statements.completeUntil(organizationId));
  }

  /** The time is asked first: the snapshot of what is found is then the later of the two. */
  private async read<T>(principal: Principal, find: () => Promise<T>): Promise<Found<T>> {
    return this.unitOfWork.read(principal.organizationId, async () => {
      const completeUntil = await this.statements.completeUntil(principal.organizationId);
      return { completeUntil, found: await find() };
    });
  }

  private async write(
    organizationId: string,
    text: string,
    prepared: readonly Prepared[],
    authority: string,
  ): Promise<Conflict | undefined> {
    const time = await this.statements.begin(organizationId);
    const stored = new Date(time).toISOString();
    const rows = prepared.map(({ sent: { statement, span }, row }): StatementRow => {
      return { ...row, text: sealStatement(text, span, statement, { id: row.id, stored, authority }) };
    });
    const known = await this.statements.add(organizationId, time, rows);
    if (known.size < rows.length) this.unitOfWork.afterCommit(() => this.feed.announce(organizationId));
    return this.conflictWithStored(
      organizationId,
      prepared.filter(({ row }) => known.has(row.id)),
    );
  }

  /** Comm 2.1.2: an id that is known never changes what is stored; it is an error only when the statement differs. */
  private async conflictWithStored(organizationId: string, known: readonly Prepared[]): Promise<Conflict | undefined> {
    if (known.length === 0) return undefined;
    const texts = await this.statements.texts(
      organizationId,
      known.map(({ row }) => row.id),
    );
    for (const { sent, row } of known) {
      const stored = JSON.parse(texts.get(row.id)!) as Statement;
      if (isSameStatement(stored, sent.statement)) continue;
      return new Conflict(`Another statement with the id ${row.id} is stored (Comm 2.1.2).`, ['id']);
    }
    return undefined;
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

function prepare(sent: SentStatement, authority: Actor, statementId: string | undefined): Prepared {
  const { statement } = sent;
  const { id, verb, object, context } = statement;
  return {
    sent,
    row: {
      id: (id ?? statementId ?? uuidV7()).toLowerCase(),
      verbKey: termKey('verb', verb.id),
      registration: context?.registration,
      targetId: isStatementRef(object) ? object.id : undefined,
      voiding: isVoiding(statement),
      terms: termsOf(statement, authority),
    },
  };
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
