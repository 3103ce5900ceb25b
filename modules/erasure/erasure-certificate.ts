/** The certificate of an erasure: what was done, without a word about whom. */
import canonicalize from 'canonicalize';
import { storedAt } from '../lrs/index.js';
import type { ErasedIdentity, ErasureReceiver } from '../lrs/index.js';
import type { Erasure } from './erasure.js';

/** Canonical JSON (RFC 8785), and the keyed hash of it. */
export interface SignedCertificate {
  readonly certificate: string;
  readonly signature: string;
}

/** What the certificate tells besides what is known of the erasure. */
export interface Findings {
  readonly identities: readonly ErasedIdentity[];
  readonly statements: { readonly count: number; readonly sha256: string };
  readonly receivers: readonly ErasureReceiver[];
  readonly finishedAt: Date;
}

const FORMAT = 'urn:lectern:erasure-certificate:1';

const METHOD = {
  KEEP:
    'Every identifier of the person in statements was replaced by a pseudonym account with a random name, and the name of ' +
    'the person removed. Attachments and signatures, documents and other copies were deleted or rewritten. What the person ' +
    'has said (responses, extensions) was kept.',
  REMOVE:
    'Every identifier of the person in statements was replaced by a pseudonym account with a random name, and the name of ' +
    'the person removed. Responses and extensions of statements whose actor the person was were removed. Attachments and ' +
    'signatures, documents and other copies were deleted or rewritten.',
} as const;

/** @returns canonical JSON */
export function certificateOf(
  organizationId: string,
  { id, content, requester, requestedAt, before, counts }: Erasure,
  { identities, statements, receivers, finishedAt }: Findings,
): string {
  return canonicalize({
    format: FORMAT,
    id,
    organizationId,
    requestedBy: requester,
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    storedBefore: new Date(storedAt(before!)).toISOString(),
    method: METHOD[content],
    content,
    identities: identities.map(({ hash }) => hash),
    pseudonyms: identities.map(({ pseudonym }) => pseudonym),
    counts,
    statements,
    receivers,
  })!;
}

/** The same text for the same certificate, however it is written; undefined when it is no JSON object. */
export function canonicalText(certificate: string): string | undefined {
  try {
    const value: unknown = JSON.parse(certificate);
    return typeof value === 'object' && value !== null ? canonicalize(value) : undefined;
  } catch {
    // No JSON, which the caller reports.
    return undefined;
  }
}

/** What the signature belongs to. */
export const signaturePlaceOf = (organizationId: string): string => `erasure certificate of ${organizationId}`;
