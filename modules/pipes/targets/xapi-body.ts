/** The body of a request that sends statements, with the bytes of their attachments (1.0.3 Comm 1.5.2, 9274.1.1 4.1.3). */
import { randomBytes } from 'node:crypto';
import type { AttachmentToSend, OpenAttachment } from '../../lrs/index.js';

/** Opens attachments one after the other; one whose bytes are gone is passed over. */
export type OpenAttachments = (attachments: readonly AttachmentToSend[]) => AsyncIterable<OpenAttachment>;

export interface Body {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly content: Buffer | AsyncIterable<Buffer>;
}

/** The bytes of an attachment are not there any more: what was begun cannot be finished. */
export class AttachmentGone extends Error {
  constructor(readonly sha2: string) {
    super(`The bytes of the attachment ${sha2} are not there any more.`);
    this.name = 'AttachmentGone';
  }
}

export function jsonBody(json: Buffer): Body {
  return { headers: { 'content-type': 'application/json' }, bytes: json.length, content: json };
}

/** Statements first, then each attachment once. The length is known before anything is read: not every LRS takes chunks. */
export function multipartBody(json: Buffer, attachments: readonly AttachmentToSend[], open: OpenAttachments): Body {
  const boundary = `lectern-${randomBytes(24).toString('hex')}`;
  const head = Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n`);
  const heads = attachments.map((attachment) => Buffer.from(`\r\n--${boundary}\r\n${headersOf(attachment)}\r\n\r\n`));
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const fixed = [head, json, ...heads, end].reduce((sum, { length }) => sum + length, 0);
  const bytes = attachments.reduce((sum, attachment) => sum + attachment.bytes, fixed);
  return {
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, 'content-length': String(bytes) },
    bytes,
    content: (async function* () {
      yield head;
      yield json;
      let next = 0;
      for await (const { description, body } of open(attachments)) {
        requireThat(attachments[next]!, description.sha2);
        yield heads[next++]!;
        yield* body;
      }
      if (next < attachments.length) throw new AttachmentGone(attachments[next]!.description.sha2);
      yield end;
    })(),
  };
}

/** The next one that was opened is the next one that was announced, or that one is gone. */
function requireThat({ description }: AttachmentToSend, opened: string): void {
  if (description.sha2 !== opened) throw new AttachmentGone(description.sha2);
}

function headersOf({ description: { contentType, sha2 } }: AttachmentToSend): string {
  // A type that no header can hold is left out: it may be there, and must be the statement's if it is.
  const type = /^[\x20-\x7e]+$/.test(contentType) ? [`Content-Type: ${contentType}`] : [];
  return [...type, 'Content-Transfer-Encoding: binary', `X-Experience-API-Hash: ${sha2}`].join('\r\n');
}
