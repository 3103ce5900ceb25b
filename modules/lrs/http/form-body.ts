import { isUtf8 } from 'node:buffer';
import { BadRequest, PayloadTooLarge } from './error-answer.js';

/**
 * Reads a body to its end.
 *
 * @param limit in bytes
 * @throws PayloadTooLarge beyond the limit; BadRequest when it is not UTF-8 (Comm 1.4)
 */
export async function readText(body: AsyncIterable<Buffer>, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // What comes after the limit is read and dropped: the answer could not be sent while the client is still writing.
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) throw new PayloadTooLarge(`The form is larger than ${limit} bytes (three times MAX_BODY_BYTES).`);
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes)) throw new BadRequest('MALFORMED_UTF8', 'The body is not UTF-8 (Comm 1.4).');
  return bytes.toString('utf8');
}

/**
 * The fields of application/x-www-form-urlencoded, each there once.
 *
 * @throws BadRequest when one is there twice, or is not UTF-8 once it is decoded
 */
export function parseForm(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of text.split('&').filter((part) => part !== '')) {
    const equals = field.indexOf('=');
    const name = decode(equals < 0 ? field : field.slice(0, equals));
    if (fields.has(name)) throw new BadRequest('BAD_PARAMETER', `${name} is given more than once.`, [name]);
    fields.set(name, equals < 0 ? '' : decode(field.slice(equals + 1)));
  }
  return fields;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new BadRequest('MALFORMED_FORM', 'The body is no form in UTF-8 (application/x-www-form-urlencoded).');
  }
}
