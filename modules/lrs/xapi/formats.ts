/** The formats of strings in statements (xAPI 1.0.3 Data 4). */
import type { XapiVersion } from './version.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A scheme, a colon, and nothing that RFC 3987 keeps out of IRIs. */
const IRI = /^[a-z][a-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>"{}|\\^`]+$/i;

/** RFC 5646 2.1: the order and the lengths of the subtags. Irregular tags that were registered before it come by name. */
const LANGUAGE_TAG = new RegExp(
  '^(?:' +
    '(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})' +
    '(?:-[a-z]{4})?' +
    '(?:-(?:[a-z]{2}|[0-9]{3}))?' +
    '(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*' +
    '(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*' +
    '(?:-x(?:-[a-z0-9]{1,8})+)?' +
    '|x(?:-[a-z0-9]{1,8})+' +
    '|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)' +
    '|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang)' +
    ')$',
  'i',
);

const MAILTO = /^mailto:[^\s@]+@[^\s@]+$/;
const SHA1 = /^[0-9a-f]{40}$/i;
/** SHA-224, 256, 384 and 512 in hexadecimal. */
const SHA2 = /^(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;.*)?$/;

/** Data 4.4. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** Data 4.3: with a scheme; relative references are no IRIs. */
export const isIri = (text: string): boolean => IRI.test(text);

/** The shape of nearly every tag; it spares the long pattern. */
const LANGUAGE_AND_REGION = /^[a-z]{2}(?:-[A-Z]{2})?$/;

/** Data 4.2. */
export const isLanguageTag = (text: string): boolean => LANGUAGE_AND_REGION.test(text) || LANGUAGE_TAG.test(text);

/** Data 2.4.2.3: `mailto:` and an e-mail address. */
export const isMailto = (text: string): boolean => MAILTO.test(text);

/** Data 2.4.2.3. */
export const isSha1 = (text: string): boolean => SHA1.test(text);

/** Data 2.4.11. */
export const isSha2 = (text: string): boolean => SHA2.test(text);

/** Data 2.4.11, RFC 2046. */
export const isMediaType = (text: string): boolean => MEDIA_TYPE.test(text);

/**
 * The versions that a statement may name in a request of each version (Data 2.4.10, Comm 3.3). Requests of 2.0 also bring
 * statements of 1.0, as when records move from one LRS to another: those keep their version (9274.1.1 4.2.4.2, 4.2.4.3).
 */
export const statementVersions: Readonly<
  Record<XapiVersion, { readonly accepts: (text: string) => boolean; readonly expected: string }>
> = {
  '1.0.3': { accepts: (text) => /^1\.0(?:\.\d+)?$/.test(text), expected: 'the version 1.0 or 1.0.x (Data 2.4.10)' },
  '2.0.0': {
    accepts: (text) => /^[12]\.0(?:\.\d+)?$/.test(text),
    expected: 'the version 2.0, 2.0.x, 1.0 or 1.0.x (9274.1.1 4.2.4.3)',
  },
};
