import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../config.js';
import type { Config } from '../../config.js';
import { keyFrom } from './installation-keys.js';
import type { InstallationKey } from './installation-keys.js';

const CIPHER = 'aes-256-gcm';
const FORMAT = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed secret that no installation secret of the configuration opens. */
export class SealBroken extends Error {
  constructor() {
    super('It was encrypted with an installation secret that is not configured any more.');
    this.name = 'SealBroken';
  }
}

/**
 * Secrets that must be told to others, such as passwords for other services: encrypted with AES-256-GCM under a key that
 * is derived (HKDF, RFC 5869) from LECTERN_SECRET. What secrets of LECTERN_PREVIOUS_SECRETS encrypted can still be read.
 */
@Injectable()
export class SealedSecrets {
  private readonly keys: readonly [InstallationKey, ...InstallationKey[]];

  constructor(@Inject(CONFIG) { secret, previousSecrets }: Config) {
    const derive = (installationSecret: string) => keyFrom(installationSecret, `sealed secrets ${FORMAT}`);
    this.keys = [derive(secret), ...previousSecrets.map(derive)];
  }

  /** @param place what the secret belongs to; it opens in no other */
  seal(secret: string, place: string): string {
    const [{ id, bytes }] = this.keys;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, bytes, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
    const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [FORMAT, id, Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')].join('.');
  }

  /** @throws SealBroken when its key is not configured, or it was changed or moved to another place */
  open(sealed: string, place: string): string {
    const [format, keyId, content = ''] = sealed.split('.');
    const key = this.keys.find(({ id }) => id === keyId);
    if (format !== FORMAT || !key) throw new SealBroken();
    const bytes = Buffer.from(content, 'base64url');
    const tagEnd = IV_BYTES + TAG_BYTES;
    const options = { authTagLength: TAG_BYTES };
    try {
      const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, IV_BYTES), options)
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(IV_BYTES, tagEnd));
      return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8');
    } catch {
      throw new SealBroken();
    }
  }

  /** Whether it was sealed with an installation secret of before, and should be sealed anew. */
  isOutdated(sealed: string): boolean {
    return sealed.split('.')[1] !== this.keys[0].id;
  }
}
