/** Documents of JSON: what POST merges (Comm 2.2), and what is JSON by its name only. */
import { isUtf8 } from 'node:buffer';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { mergeObjects } from '../xapi/json-merge.js';
import type { DocumentContent } from './document.js';

const JSON_TYPE = /^\s*application\/json\s*(?:;|$)/i;
const OTHER_CHARSET = /;\s*charset\s*=\s*"?(?!utf-?8"?\s*(?:;|$))/i;

const isJson = ({ contentType }: DocumentContent): boolean => JSON_TYPE.test(contentType);

const refused = (code: string, message: string) => new ValidationFailed([{ code, message, path: [] }]);

/** Comm 3.2: the content is what its type says. Types other than JSON are anybody's guess. */
export function contentMismatch(document: DocumentContent): ValidationFailed | undefined {
  if (!isJson(document) || OTHER_CHARSET.test(document.contentType)) return undefined;
  const parsed = parse(document);
  return parsed instanceof ValidationFailed ? parsed : undefined;
}

/** Why a document cannot be posted; undefined when it can: it is an object of JSON, and says so. */
export function notPostable(document: DocumentContent): ValidationFailed | undefined {
  if (!isJson(document) || OTHER_CHARSET.test(document.contentType)) {
    const message = `POST merges JSON: Content-Type must be application/json in UTF-8, not "${document.contentType}" (Comm 2.2). PUT takes any type.`;
    return refused('UNSUPPORTED_CONTENT_TYPE', message);
  }
  const parsed = parse(document);
  if (parsed instanceof ValidationFailed) return parsed;
  const { value } = parsed;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return undefined;
  return refused('NOT_AN_OBJECT', 'POST merges the members of objects; this JSON is no object (Comm 2.2).');
}

/**
 * The existing document with every top-level member of the one that is posted.
 *
 * @param sent one that is not notPostable
 * @returns ValidationFailed when the existing one is no object of JSON
 */
export function mergeDocuments(existing: DocumentContent, sent: DocumentContent): DocumentContent | ValidationFailed {
  if (notPostable(existing)) {
    const message = `The stored document ("${existing.contentType}") is no object of JSON: nothing can be merged into it (Comm 2.2). PUT replaces it.`;
    return refused('NOT_AN_OBJECT', message);
  }
  const merged = mergeObjects(existing.bytes.toString('utf8'), sent.bytes.toString('utf8'));
  return { contentType: existing.contentType, bytes: Buffer.from(merged, 'utf8') };
}

function parse({ bytes }: DocumentContent): { value: unknown } | ValidationFailed {
  if (!isUtf8(bytes)) return refused('MALFORMED_UTF8', 'The body is not UTF-8 (Comm 1.4).');
  try {
    return { value: JSON.parse(bytes.toString('utf8')) };
  } catch (error) {
    return refused('MALFORMED_JSON', `Content-Type says JSON, but the body is not: ${(error as Error).message}`);
  }
}
