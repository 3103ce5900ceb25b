import { Injectable } from '@nestjs/common';
import type { KeyCredentials } from '../../../src/platform/access/credentials.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { AccessChanges } from '../access-changes.js';
import { LookupCache } from '../lookup-cache.js';
import { isActive, isKeyId, isSecretOf, principalOf } from './api-key.js';
import type { ApiKey, StoredApiKey } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';

/** How far behind `lastUsedAt` may be: a busy key is not written on each request. */
const LAST_USED_PRECISION_MS = 60_000;

/** Knows callers by their API keys. */
@Injectable()
export class ApiKeyAuthenticator {
  private readonly cache = new LookupCache<StoredApiKey>();
  private readonly principals = new WeakMap<ApiKey, Principal>();

  constructor(
    private readonly keys: ApiKeyStore,
    private readonly unitOfWork: UnitOfWork,
    changes: AccessChanges,
  ) {
    changes.onChange((change) => {
      if (change === 'everything') this.cache.clear();
      else if (typeof change === 'object') this.cache.delete(change.key);
    });
  }

  async authenticate({ keyId, secret }: KeyCredentials): Promise<Principal | undefined> {
    if (!isKeyId(keyId)) return undefined;
    const key = await this.cache.get(keyId, () => this.keys.findPresented(keyId));
    if (!key || !isSecretOf(key, secret) || !isActive(key, new Date())) return undefined;
    if (!isMarkedUsed(key)) await this.recordUse(key);
    return this.principalOf(key);
  }

  /** The same object for the same key, so that others may keep what they derive from it. */
  private principalOf(key: ApiKey): Principal {
    const known = this.principals.get(key) ?? principalOf(key);
    this.principals.set(key, known);
    return known;
  }

  private async recordUse({ id, organizationId }: ApiKey): Promise<void> {
    const now = new Date();
    // Before the write, so that requests that come meanwhile do not write again.
    this.cache.update(id, (key) => ({ ...key, lastUsedAt: now }));
    await this.unitOfWork.run(organizationId, () => this.keys.markUsed(id, now, LAST_USED_PRECISION_MS));
  }
}

const isMarkedUsed = ({ lastUsedAt }: ApiKey): boolean =>
  lastUsedAt !== undefined && Date.now() - lastUsedAt.getTime() < LAST_USED_PRECISION_MS;
