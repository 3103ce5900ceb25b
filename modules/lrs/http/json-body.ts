import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { BadRequest } from './error-answer.js';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The body as text, exactly as it was sent.
 *
 * @throws BadRequest unless it says that it is JSON, and is UTF-8 (Comm 1.4, 1.5)
 */
export const jsonTextOf = ({ headers, body }: FastifyRequest): string =>
  jsonText(headers['content-type'], (body as Buffer | undefined) ?? Buffer.alloc(0));

/** The same, of bytes that have a type: a body, or the first part of one. */
export function jsonText(contentType: string | undefined, bytes: Buffer): string {
  if (!JSON_TYPE.test(contentType ?? '')) {
    throw new BadRequest(
      'UNSUPPORTED_CONTENT_TYPE',
      'Statements are sent as application/json, in UTF-8, attachments with them as multipart/mixed (Comm 1.5).',
    );
  }
  if (!isUtf8(bytes)) throw new BadRequest('MALFORMED_UTF8', 'The body is not UTF-8 (Comm 1.4).');
  return bytes.toString('utf8');
}
