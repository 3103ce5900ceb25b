/** What Comm 1.5.2 wants of the parts of a request that are attachments. */
import type { Statement } from '../xapi/statement.js';
import { attachmentsOf, isSignature, sha2Of } from './attachment.js';
import type { AttachmentObject } from './attachment.js';
import { PartRefused } from './attachment.errors.js';
import { agree } from './multipart/media-type.js';
import type { PartHeaders } from './multipart/part-headers.js';

const HASH = 'X-Experience-API-Hash';

/** Bytes that statements speak of. */
export interface ExpectedAttachment {
  readonly descriptions: readonly AttachmentObject[];
  readonly signature: boolean;
}

/** By SHA-2 in lower case. */
export type ExpectedAttachments = ReadonlyMap<string, ExpectedAttachment>;

/** What may come with the statements. Statements that have the same attachment share one part. */
export function expectedWith(statements: readonly Statement[]): ExpectedAttachments {
  const expected = new Map<string, ExpectedAttachment>();
  for (const placed of statements.flatMap(attachmentsOf)) {
    const sha2 = sha2Of(placed.attachment);
    const { descriptions = [], signature = false } = expected.get(sha2) ?? {};
    expected.set(sha2, {
      descriptions: [...descriptions, placed.attachment],
      signature: signature || isSignature(placed),
    });
  }
  return expected;
}

/**
 * @param andOthers whether there may be parts that are not expected
 * @returns the SHA-2 that the part must have; undefined when it is not expected
 * @throws PartRefused
 */
export function checkHeaders(
  headers: PartHeaders,
  expected: ExpectedAttachments,
  andOthers: boolean,
): string | undefined {
  const sha2 = headers.get(HASH.toLowerCase())?.toLowerCase();
  if (sha2 === undefined) throw new PartRefused('HASH_MISSING', `Each attachment's part has the header ${HASH}.`);
  const attachment = expected.get(sha2);
  if (!attachment) {
    if (andOthers) return undefined;
    throw new PartRefused('UNKNOWN_ATTACHMENT', `No statement of the request has an attachment with the sha2 ${sha2}.`);
  }
  const encoding = headers.get('content-transfer-encoding');
  if (encoding?.toLowerCase() !== 'binary') {
    const found = encoding === undefined ? 'has none' : `has "${encoding}"`;
    throw new PartRefused('NOT_BINARY', `Content-Transfer-Encoding must be binary; the part ${sha2} ${found}.`);
  }
  checkDescription(sha2, headers, attachment.descriptions);
  return sha2;
}

/** What headers say of the bytes is what a statement says of them, too. */
function checkDescription(sha2: string, headers: PartHeaders, descriptions: readonly AttachmentObject[]): void {
  const type = headers.get('content-type');
  if (type !== undefined && !descriptions.some(({ contentType }) => agree(type, contentType))) {
    const message = `The part ${sha2} has the Content-Type "${type}", its attachment "${descriptions[0]!.contentType}".`;
    throw new PartRefused('DIFFERENT_TYPE', message);
  }
  const length = headers.get('content-length');
  if (length !== undefined && !descriptions.some((description) => String(description.length) === length)) {
    const message = `The part ${sha2} has the Content-Length ${length}, its attachment the length ${descriptions[0]!.length}.`;
    throw new PartRefused('DIFFERENT_LENGTH', message);
  }
}

/** Compares the bytes with what the headers say. @throws PartRefused */
export function checkBytes(headers: PartHeaders, sha2: string, bytes: number, actualSha2: string): void {
  if (actualSha2 !== sha2) {
    throw new PartRefused('DIFFERENT_HASH', `The bytes of the part ${sha2} have another SHA-2: ${actualSha2}.`);
  }
  const length = headers.get('content-length');
  if (length === undefined || length === String(bytes)) return;
  throw new PartRefused('DIFFERENT_LENGTH', `The part ${sha2} has ${bytes} bytes, its Content-Length says ${length}.`);
}
