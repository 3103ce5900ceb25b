/** From a valid statement to what is written for it. */
import type { Principal } from '../../../src/platform/access/principal.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { sealStatement } from '../xapi/seal.js';
import { isStatementRef, isVoiding } from '../xapi/statement.js';
import type { Actor, Statement } from '../xapi/statement.js';
import { termKey, termsOf } from '../xapi/terms.js';
import type { SentStatement } from './statement-intake.js';
import type { StatementsBody } from './statements-body.js';
import { STORED_SLOT } from './writing/statement-insert.store.js';
import type { StatementRow } from './writing/statement-insert.store.js';

/** Who sends a body, and who therefore asserts its statements, unless it is trusted to name another (Data 2.4.9). */
export interface Sender {
  readonly principal: Principal;
  readonly authority: Actor;
  /** JSON of the authority. */
  readonly authorityText: string;
}

/** A valid statement on its way into the store. */
export interface PreparedStatement {
  /** As it was sent. */
  readonly statement: Statement;
  readonly body: StatementsBody;
  readonly sender: Sender;
  readonly row: StatementRow;
}

/** @param statementId of a PUT, for a statement that has no id */
export function prepareStatement(
  { statement, text, span }: SentStatement,
  body: StatementsBody,
  sender: Sender,
  statementId?: string,
): PreparedStatement {
  const { verb, object, context } = statement;
  const id = (statement.id ?? statementId ?? uuidV7()).toLowerCase();
  const kept = sender.principal.trusted ? statement.authority : undefined;
  const authority = kept === undefined ? sender.authorityText : undefined;
  return {
    statement,
    body,
    sender,
    row: {
      id,
      verbKey: termKey('verb', verb.id),
      registration: context?.registration,
      targetId: isStatementRef(object) ? object.id : undefined,
      voiding: isVoiding(statement),
      terms: termsOf(statement, kept ?? sender.authority),
      text: sealStatement(text, span, statement, { id, stored: STORED_SLOT, authority, version: body.version }),
    },
  };
}
