import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { PreparedStatement } from '../statements/prepared-statement.js';
import { StatementCompanions } from '../statements/statement-companions.js';
import type { AddedStatement, CompanionWork, StatementCompanion } from '../statements/statement-companions.js';
import { attachmentsOf, sha2Of } from './attachment.js';
import { AttachmentStore } from './attachment.store.js';
import type { StoredAttachment } from './attachment.store.js';

/** Commits attachments with the statements that they came with. */
@Injectable()
export class AttachmentCompanion implements StatementCompanion, OnModuleInit {
  constructor(
    private readonly companions: StatementCompanions,
    private readonly store: AttachmentStore,
  ) {}

  onModuleInit(): void {
    this.companions.add(this);
  }

  prepare(organizationId: string, statements: readonly PreparedStatement[]): CompanionWork | undefined {
    if (!statements.some((statement) => receivedOf(statement).length > 0)) return undefined;
    return (added) => this.keep(organizationId, added);
  }

  private async keep(organizationId: string, added: readonly AddedStatement[]): Promise<void> {
    const links = added.flatMap((statement) =>
      receivedOf(statement).map((sha2) => ({ position: statement.position, sha2 })),
    );
    if (links.length === 0) return;
    const uploads = added.flatMap(uploadsOf);
    // Requests that are written together may bring the same bytes: one upload of them is enough.
    const distinct = [...new Map(uploads.map((upload) => [upload.sha2, upload])).values()];
    if (distinct.length > 0) await this.store.add(organizationId, distinct);
    await this.store.link(organizationId, links);
  }
}

/** SHA-2 of the statement's attachments whose bytes came with it. */
function receivedOf({ statement, body }: PreparedStatement): string[] {
  const { attachments } = body;
  if (attachments === undefined) return [];
  return attachmentsOf(statement)
    .map(({ attachment }) => sha2Of(attachment))
    .filter((sha2) => attachments.has(sha2));
}

function uploadsOf(statement: PreparedStatement): StoredAttachment[] {
  return receivedOf(statement).flatMap((sha2) => {
    const { blobId, bytes } = statement.body.attachments!.get(sha2)!;
    return blobId === undefined ? [] : [{ sha2, blobId, bytes }];
  });
}
