/** Whether statements and the bytes that came with them belong together (Comm 1.5.2, Data 2.6). */
import type { Problem } from '../../../src/platform/errors.js';
import type { StatementsBody } from '../statements/statements-body.js';
import type { Statement } from '../xapi/statement.js';
import type { XapiVersion } from '../xapi/version.js';
import { attachmentsOf, isSignature, sha2Of } from './attachment.js';
import type { PlacedAttachment, ReceivedAttachments } from './attachment.js';
import { signatureFault } from './signature.js';

const NONE: ReceivedAttachments = new Map();

/**
 * Everything that is wrong with the attachments of a valid statement. Its signatures are verified.
 *
 * @param text of the statement
 * @param path of the statement, from the root of the body
 */
export async function checkAttachments(
  statement: Statement,
  text: string,
  path: readonly string[],
  { version, attachments = NONE }: StatementsBody,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const placed of attachmentsOf(statement)) {
    const fault = await faultOf(text, placed, attachments, version);
    if (fault) problems.push({ ...fault, path: [...path, ...placed.path] });
  }
  return problems;
}

async function faultOf(
  text: string,
  placed: PlacedAttachment,
  received: ReceivedAttachments,
  version: XapiVersion,
): Promise<{ code: string; message: string } | undefined> {
  const { attachment } = placed;
  const part = received.get(sha2Of(attachment));
  if (!part && attachment.fileUrl === undefined) {
    return {
      code: 'ATTACHMENT_MISSING',
      message: `The attachment ${attachment.sha2} has no fileUrl, and no part of the request has its bytes (Comm 1.5.2).`,
    };
  }
  if (!isSignature(placed)) return undefined;
  const message = await signatureFault(text, attachment, part?.content, version);
  return message === undefined ? undefined : { code: 'BAD_SIGNATURE', message: `${message} (Data 2.6).` };
}
