import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { BlobMissing } from '../../../src/platform/storage/blob-storage.js';
import type { Statement } from '../xapi/statement.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { attachmentsOf, sha2Of } from './attachment.js';
import type { AttachmentObject } from './attachment.js';
import { AttachmentBlobs } from './attachment-blobs.js';
import { AttachmentStore } from './attachment.store.js';

/** An attachment of statements that are returned. */
export interface AttachmentToSend {
  readonly description: AttachmentObject;
  readonly blobId: string;
  readonly bytes: number;
}

/** An attachment, and its bytes as they come. */
export interface OpenAttachment extends AttachmentToSend {
  readonly body: AsyncIterable<Buffer>;
}

/** Blobs up to this size are read before their turn, so many at once: the storage may be far away. Larger ones flow. */
const SMALL = 256 * 1024;
const AHEAD = 8;

/** The bytes that statements have. */
@Injectable()
export class AttachmentsService {
  private readonly logger = new Logger('Attachments');

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AttachmentStore,
    private readonly blobs: AttachmentBlobs,
  ) {}

  /** The attachments whose bytes came with the statements, each once, in the order of the statements. */
  async of(organizationId: string, statements: readonly StoredStatement[]): Promise<AttachmentToSend[]> {
    if (statements.length === 0) return [];
    const positions = statements.map(({ position }) => position);
    const linked = await this.unitOfWork.read(organizationId, () => this.store.linked(organizationId, positions));
    const stored = new Map(linked.map((attachment) => [`${attachment.position} ${attachment.sha2}`, attachment]));
    const withAny = new Set(linked.map(({ position }) => position));
    const found = new Map<string, AttachmentToSend>();
    for (const { position, text } of statements) {
      if (!withAny.has(position)) continue;
      for (const { attachment: description } of attachmentsOf(JSON.parse(text) as Statement)) {
        const sha2 = sha2Of(description);
        const blob = stored.get(`${position} ${sha2}`);
        if (blob && !found.has(sha2)) found.set(sha2, { description, blobId: blob.blobId, bytes: blob.bytes });
      }
    }
    return [...found.values()];
  }

  /**
   * Opens attachments one after the other. One whose bytes are gone from the storage is passed over, and logged: the
   * statements, and the other attachments, can be read all the same.
   */
  async *open(organizationId: string, attachments: readonly AttachmentToSend[]): AsyncGenerator<OpenAttachment, void> {
    const ahead = new Map<AttachmentToSend, Promise<Buffer>>();
    const readAhead = (from: number) => {
      for (const attachment of attachments.slice(from, from + AHEAD)) {
        if (attachment.bytes > SMALL || ahead.has(attachment)) continue;
        const bytes = this.blobs.read(organizationId, attachment.blobId);
        // Whoever awaits it in its turn sees its failure; until then it must not count as unhandled.
        bytes.catch(() => undefined);
        ahead.set(attachment, bytes);
      }
    };
    for (const [index, attachment] of attachments.entries()) {
      readAhead(index);
      try {
        const small = ahead.get(attachment);
        ahead.delete(attachment);
        const body = small ? [await small] : await this.blobs.get(organizationId, attachment.blobId);
        yield { ...attachment, body: inFull(body, attachment) };
      } catch (error) {
        if (!(error instanceof BlobMissing)) throw error;
        this.logger.error(`The bytes of the attachment ${sha2Of(attachment.description)} are not in the storage.`);
      }
    }
  }
}

async function* inFull(
  body: AsyncIterable<Buffer> | readonly Buffer[],
  { bytes, blobId }: AttachmentToSend,
): AsyncGenerator<Buffer, void> {
  let sent = 0;
  for await (const piece of body) {
    sent += piece.length;
    yield piece;
  }
  if (sent !== bytes) throw new Error(`The blob ${blobId} has ${sent} bytes instead of ${bytes}.`);
}
