/** Answers of multipart/mixed: statements first, then the bytes of their attachments (Comm 1.5.2). */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { OpenAttachment } from '../attachments/attachments.service.js';

export interface MultipartAnswer {
  readonly contentType: string;
  readonly body: Readable;
}

/** @param attachments opened when their turn comes: whoever reads slowly holds no more than one of them in memory */
export function multipartAnswer(json: Buffer, attachments: AsyncIterable<OpenAttachment>): MultipartAnswer {
  // 192 random bits occur in no attachment.
  const boundary = `lectern-${randomBytes(24).toString('hex')}`;
  return {
    contentType: `multipart/mixed; boundary=${boundary}`,
    body: Readable.from(messageOf(boundary, json, attachments), { objectMode: false }),
  };
}

async function* messageOf(
  boundary: string,
  json: Buffer,
  attachments: AsyncIterable<OpenAttachment>,
): AsyncGenerator<string | Buffer, void> {
  yield `--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n`;
  yield json;
  yield '\r\n';
  for await (const attachment of attachments) {
    yield `--${boundary}\r\n${headersOf(attachment)}\r\n\r\n`;
    yield* attachment.body;
    yield '\r\n';
  }
  yield `--${boundary}--\r\n`;
}

function headersOf({ description, bytes }: OpenAttachment): string {
  const { contentType, length, sha2 } = description;
  return [
    // Blanks of a media type may be line ends, which would end the header.
    `Content-Type: ${contentType.replace(/\s+/g, ' ')}`,
    'Content-Transfer-Encoding: binary',
    `X-Experience-API-Hash: ${sha2}`,
    // It would have to be the length that the statement gives.
    ...(length === bytes ? [`Content-Length: ${bytes}`] : []),
  ].join('\r\n');
}
