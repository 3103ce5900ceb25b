import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../src/platform/access/authenticator.js';
import type { Credentials } from '../../src/platform/access/credentials.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { isActive, isKeyId, isSecretOf, principalOf, type ApiKey } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';
import { KeyCache } from './key-cache.js';

/** How far behind `lastUsedAt` may be: a busy key is not written on each request. */
const LAST_USED_PRECISION_MS = 60_000;

/** Knows callers by their API keys. */
@Injectable()
export class ApiKeyAuthenticator extends Authenticator {
  private readonly cache = new KeyCache();

  constructor(
    private readonly keys: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  async authenticate({ keyId, secret }: Credentials): Promise<Principal | undefined> {
    if (!isKeyId(keyId)) return undefined;
    const key = await this.cache.get(keyId, () => this.keys.findPresented(keyId));
    if (!key || !isSecretOf(key, secret) || !isActive(key, new Date())) return undefined;
    await this.recordUse(key);
    return principalOf(key);
  }

  /** Makes a change of the key count at once in this process; other processes see it within seconds. */
  forget(keyId: string): void {
    this.cache.delete(keyId);
  }

  private async recordUse({ id, organizationId, lastUsedAt }: ApiKey): Promise<void> {
    const now = new Date();
    if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < LAST_USED_PRECISION_MS) return;
    this.cache.markUsed(id, now); // before the write, so that requests that come meanwhile do not write again
    await this.unitOfWork.run(organizationId, () => this.keys.markUsed(id, now, LAST_USED_PRECISION_MS));
  }
}
