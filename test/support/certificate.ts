/** A self-signed X.509 certificate (RFC 5280 4.1) of a key: Node reads certificates, but makes none. */
import { createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** One value of DER: its tag, its length, its content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content);
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

const SHA256_WITH_RSA = sequence(der(0x06, bytes('2a864886f70d01010b')), bytes('0500'));
const COMMON_NAME = der(0x06, bytes('550403'));
const time = (text: string): Buffer => der(0x17, Buffer.from(text));

/** @returns DER */
export function certificateOf(privateKey: KeyObject, commonName: string): Buffer {
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const validity = sequence(time('200101000000Z'), time('491231235959Z'));
  const certificate = sequence(der(0x02, bytes('01')), SHA256_WITH_RSA, name, validity, name, publicKey);
  const signature = der(0x03, bytes('00'), sign('sha256', certificate, privateKey));
  return sequence(certificate, SHA256_WITH_RSA, signature);
}
