/** What statements say of their attachments (Data 2.4.11). */
import { isSubStatement } from '../xapi/statement.js';
import type { Statement } from '../xapi/statement.js';

/** The usageType of signatures (Data 2.6). */
export const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';

/** An attachment as a statement describes it. */
export type AttachmentObject = NonNullable<Statement['attachments']>[number];

/** Bytes that came with a request. */
export interface ReceivedAttachment {
  readonly bytes: number;
  /** Under which they were stored for this request; undefined when the organization had them before. */
  readonly blobId: string | undefined;
  /** The bytes themselves, of signatures. */
  readonly content: Buffer | undefined;
}

/** By SHA-2 in lower case hexadecimal. */
export type ReceivedAttachments = ReadonlyMap<string, ReceivedAttachment>;

/** An attachment, and where its statement has it. */
export interface PlacedAttachment {
  readonly attachment: AttachmentObject;
  readonly path: readonly string[];
  /** Of a SubStatement: nobody stores that by itself, so its signatures are bytes like others. */
  readonly nested: boolean;
}

/** The attachments of a statement, and of the SubStatement that is its object. */
export function attachmentsOf({ attachments = [], object }: Statement): PlacedAttachment[] {
  const nested = isSubStatement(object) ? (object.attachments ?? []) : [];
  return [
    ...attachments.map((attachment, n) => ({ attachment, path: ['attachments', String(n)], nested: false })),
    ...nested.map((attachment, n) => ({ attachment, path: ['object', 'attachments', String(n)], nested: true })),
  ];
}

export const hasAttachments = (statement: Statement): boolean => attachmentsOf(statement).length > 0;

export const sha2Of = ({ sha2 }: AttachmentObject): string => sha2.toLowerCase();

export const isSignature = ({ attachment, nested }: PlacedAttachment): boolean =>
  !nested && attachment.usageType === SIGNATURE;
