import { hkdfSync } from 'node:crypto';

/** A key that is derived from an installation secret for one purpose. */
export interface InstallationKey {
  /** Tells which installation secret the key comes from, and nothing about it. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** Derives a key (HKDF, RFC 5869). @param purpose what it is for; keys of two purposes have nothing in common */
export function keyFrom(installationSecret: string, purpose: string): InstallationKey {
  const derive = (part: string, length: number) =>
    Buffer.from(hkdfSync('sha256', installationSecret, '', `lectern ${purpose}: ${part}`, length));
  return { id: derive('key id', 6).toString('base64url'), bytes: derive('key', 32) };
}
