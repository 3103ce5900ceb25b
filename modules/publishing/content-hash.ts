import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { CourseDocument } from '../../exporters/document/index.js';

/** SHA-256 (hexadecimal) of a document's canonical JSON (RFC 8785) without its version and its hash. */
export function contentHashOf(document: Omit<CourseDocument, 'version' | 'contentHash'>): string {
  return createHash('sha256')
    .update(canonicalize(document) ?? '')
    .digest('hex');
}
