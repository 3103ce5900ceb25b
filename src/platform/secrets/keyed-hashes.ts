import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { keyFrom } from './installation-keys.js';
import type { InstallationKey } from './installation-keys.js';

const FORMAT = 'v1';

/** Whether a text has a hash: yes; no; or nobody can tell, since its key comes from a secret that is not configured. */
export type HashCheck = 'VALID' | 'DIFFERENT' | 'UNKNOWN_KEY';

/**
 * Hashes of texts that only this installation can make (HMAC with SHA-256, under a key derived from LECTERN_SECRET): nobody
 * who has the database alone can try out which text a hash is of, nor make one. Those made with secrets of
 * LECTERN_PREVIOUS_SECRETS are still known.
 */
@Injectable()
export class KeyedHashes {
  private readonly keys: readonly [InstallationKey, ...InstallationKey[]];

  constructor(@Inject(CONFIG) { secret, previousSecrets }: Config) {
    const derive = (installationSecret: string) => keyFrom(installationSecret, `keyed hashes ${FORMAT}`);
    this.keys = [derive(secret), ...previousSecrets.map(derive)];
  }

  /** @param place what the text belongs to: the same text has another hash elsewhere */
  of(text: string, place: string): string {
    return hashWith(this.keys[0], text, place);
  }

  /** Every hash that the text may have been given: one an installation secret, the current one first. */
  allOf(text: string, place: string): string[] {
    return this.keys.map((key) => hashWith(key, text, place));
  }

  check(hash: string, text: string, place: string): HashCheck {
    const [format, keyId] = hash.split('.');
    const key = this.keys.find(({ id }) => id === keyId);
    if (format !== FORMAT || !key) return 'UNKNOWN_KEY';
    const expected = Buffer.from(hashWith(key, text, place));
    const given = Buffer.from(hash);
    return expected.length === given.length && timingSafeEqual(expected, given) ? 'VALID' : 'DIFFERENT';
  }
}

/** The place cannot run into the text: its length comes first. */
function hashWith({ id, bytes }: InstallationKey, text: string, place: string): string {
  const digest = createHmac('sha256', bytes).update(`${place.length} ${place} ${text}`).digest('base64url');
  return [FORMAT, id, digest].join('.');
}
