import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import { BadRequest } from './error-answer.js';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The body as text, exactly as it was sent.
 *
 * @throws BadRequest unless it says that it is JSON, and is UTF-8 (Comm 1.4, 1.5)
 */
export function jsonTextOf({ headers, body }: FastifyRequest): string {
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) {
    throw new BadRequest('UNSUPPORTED_CONTENT_TYPE', 'Statements are sent as application/json, in UTF-8 (Comm 1.5).');
  }
  const bytes = (body as Buffer | undefined) ?? Buffer.alloc(0);
  if (!isUtf8(bytes)) throw new BadRequest('MALFORMED_UTF8', 'The body is not UTF-8 (Comm 1.4).');
  return bytes.toString('utf8');
}
