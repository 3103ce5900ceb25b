import { Injectable } from '@nestjs/common';
import type { RetentionKindName } from '../rules/retention-rule.js';
import type { RetentionKind } from './retention-kind.js';
import { StateDocumentKind } from './state-document-kind.js';
import { StatementKind } from './statement-kind.js';

/** What rules may be about. */
@Injectable()
export class RetentionKinds {
  private readonly byName: Readonly<Record<RetentionKindName, RetentionKind>>;

  constructor(statements: StatementKind, stateDocuments: StateDocumentKind) {
    this.byName = { STATEMENTS: statements, STATE_DOCUMENTS: stateDocuments };
  }

  of(name: RetentionKindName): RetentionKind {
    return this.byName[name];
  }
}
