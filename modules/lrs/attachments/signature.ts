/** Signed statements: the form of their JSON web signatures (Data 2.6, RFC 7515). */
import { isUtf8 } from 'node:buffer';
import { X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { compactVerify } from 'jose';
import { isSameStatement } from '../xapi/comparison.js';
import { parseExactly } from '../xapi/exact-json.js';
import type { Statement } from '../xapi/statement.js';
import { validateStatement } from '../xapi/validation/statement.js';
import type { XapiVersion } from '../xapi/version.js';
import type { AttachmentObject } from './attachment.js';
import { parseMediaType } from './multipart/media-type.js';

const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
const BASE64URL = /^[A-Za-z0-9_-]*$/;

interface Jws {
  readonly text: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Buffer;
}

/**
 * What is wrong with the signature of a statement, as the beginning of a sentence; undefined when it is well formed. A
 * signature that brings its certificate is verified with the certificate's key; whom the certificate belongs to, and
 * whether it is to be trusted, is for the reader to find out.
 *
 * @param text of the statement
 * @param content undefined when the signature did not come with the statement
 * @param version of the request, by whose rules the signed statement is judged and compared
 */
export async function signatureFault(
  text: string,
  { contentType }: AttachmentObject,
  content: Buffer | undefined,
  version: XapiVersion,
): Promise<string | undefined> {
  if (parseMediaType(contentType)?.essence !== 'application/octet-stream') {
    return `The contentType of a signature is application/octet-stream, not ${contentType}`;
  }
  if (!content) return 'A signature comes with its statement, as a part of the request';
  const jws = parseJws(content);
  if (typeof jws === 'string') return jws;
  return headerFault(jws) ?? payloadFault(jws, text, version) ?? (await certificateFault(jws));
}

/** Compact serialization (RFC 7515 7.1); JSON serialization is none that other systems read (Data 2.6). */
function parseJws(content: Buffer): Jws | string {
  const text = content.toString('latin1').trim();
  const parts = text.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => BASE64URL.test(part) && part.length % 4 !== 1)) {
    return 'The signature is no JSON web signature in compact serialization';
  }
  if (signature === '') return 'The JSON web signature is not signed';
  const parsed = parseJson(Buffer.from(header, 'base64url'));
  if (!isObject(parsed)) return 'The header of the JSON web signature is no JSON object';
  return { text, header: parsed, payload: Buffer.from(payload, 'base64url') };
}

function headerFault({ header }: Jws): string | undefined {
  if (!ALGORITHMS.includes(header['alg'] as string)) {
    return `The algorithm of the JSON web signature is one of ${ALGORITHMS.join(', ')}, not ${String(header['alg'])}`;
  }
  if (header['crit'] !== undefined) return 'The JSON web signature needs extensions (crit) that are not known here';
  return undefined;
}

function payloadFault({ payload }: Jws, text: string, version: XapiVersion): string | undefined {
  const signed = parseJson(payload);
  if (!isObject(signed)) return 'The payload of the JSON web signature is not JSON of a statement';
  const [problem] = validateStatement(signed, version);
  if (problem) {
    const place = problem.path.join('.') || 'it';
    return `The payload of the JSON web signature is no valid statement: ${place} ${problem.message}`;
  }
  const [exactly, sent] = [payload.toString('utf8'), text].map(parseExactly) as [Statement, Statement];
  if (isSameStatement(exactly, sent, version)) return undefined;
  return 'The statement in the payload of the JSON web signature is another one than the statement that was sent';
}

async function certificateFault({ text, header }: Jws): Promise<string | undefined> {
  const { x5c } = header;
  if (x5c === undefined) return undefined;
  const key = keyOf(x5c);
  if (!key) return 'The x5c of the JSON web signature is no list of X.509 certificates';
  try {
    await compactVerify(text, key, { algorithms: ALGORITHMS });
    return undefined;
  } catch (error) {
    // jose throws for a signature of another key, and for keys that the algorithm does not allow.
    return `The JSON web signature does not fit its certificate: ${(error as Error).message}`;
  }
}

/** The public key of the first of the certificates, which is the signer's (RFC 7515 4.1.6). */
function keyOf(x5c: unknown): KeyObject | undefined {
  if (!Array.isArray(x5c) || x5c.length === 0) return undefined;
  try {
    const certificates = x5c.map((text: unknown) => new X509Certificate(Buffer.from(String(text), 'base64')));
    return certificates[0]!.publicKey;
  } catch {
    // Not a certificate; the caller says so.
    return undefined;
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return isUtf8(bytes) ? JSON.parse(bytes.toString('utf8')) : undefined;
  } catch {
    // Not JSON; the caller says so.
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
