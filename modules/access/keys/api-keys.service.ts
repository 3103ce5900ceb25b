import { Injectable } from '@nestjs/common';
import { requireScope, type Principal, type Scope } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { Conflict, NotFound, RevisionConflict, ValidationFailed } from '../../../src/platform/errors.js';
import { AccessChanges } from '../access-changes.js';
import { applyChange, type Change } from '../apply-change.js';
import { hashSecret, newSecret, type ApiKey } from './api-key.js';
import { ApiKeyStore, type ApiKeyChange } from './api-key.store.js';

/** A key and, this one time, its secret. */
export interface IssuedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

export interface CreateApiKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
  readonly trusted?: boolean | undefined;
  readonly requestsPerMinute?: number | undefined;
}

export interface UpdateApiKey extends Change<ApiKeyChange> {
  readonly id: string;
  readonly expectedRevision: number;
}

/** The keys of an organization. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: ApiKeyStore,
    private readonly changes: AccessChanges,
  ) {}

  /** The key that the caller uses; undefined when it uses a token. Any caller may ask. */
  async own(principal: Principal): Promise<ApiKey | undefined> {
    if (principal.token) return undefined;
    return this.unitOfWork.read(principal.organizationId, () => this.keys.find(principal.keyId));
  }

  /** Scope `admin`. Keys of the organization, oldest first: ids are made in order. */
  page(principal: Principal, request: PageRequest): Promise<Page<ApiKey> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.keys.page(request));
  }

  /** Scope `admin`. How many keys the organization has, revoked ones included. */
  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.keys.count());
  }

  /**
   * Scope `admin`. Makes a key of the caller's organization.
   *
   * @returns ValidationFailed when it would already be expired.
   */
  async create(principal: Principal, input: CreateApiKey): Promise<IssuedApiKey | ValidationFailed> {
    requireScope(principal, 'admin');
    return (
      refuseExpired(input.expiresAt) ??
      this.unitOfWork.run(principal.organizationId, () => this.issue(principal.organizationId, input))
    );
  }

  /**
   * Scope `admin`. Changes a key; all processes know of it at once.
   *
   * @returns Conflict for the key of the configuration, and for a package's key, of which only the limit can be changed
   */
  async update(
    principal: Principal,
    { id, expectedRevision, ...change }: UpdateApiKey,
  ): Promise<ApiKey | NotFound | RevisionConflict | Conflict | ValidationFailed> {
    requireScope(principal, 'admin');
    const expired = refuseExpired(change.expiresAt ?? undefined);
    if (expired) return expired;
    return this.unitOfWork.run(principal.organizationId, async () => {
      const key = await this.keys.lock(id);
      if (!key) return new NotFound('API key', id, ['id']);
      if (key.revision !== expectedRevision) return new RevisionConflict(key.revision);
      const fixed = refuseFixed(key, change);
      if (fixed) return fixed;
      await this.changes.announce({ key: id });
      return this.keys.change(id, applyChange<ApiKeyChange>(key, change));
    });
  }

  /** Scope `admin`. From its commit on, no process accepts the key. Revoking twice changes nothing. */
  revoke(principal: Principal, id: string): Promise<ApiKey | NotFound | Conflict> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const key = await this.keys.find(id);
      if (!key) return new NotFound('API key', id, ['id']);
      if (key.origin === 'CONFIGURATION') return refuseConfigured();
      await this.changes.announce({ key: id });
      return (await this.keys.revoke(id))!;
    });
  }

  /** Makes a key. Joins the caller's unit of work; the caller checks the permission. */
  async issue(organizationId: string, input: CreateApiKey): Promise<IssuedApiKey> {
    const secret = newSecret();
    const { name, scopes, expiresAt, trusted = false, requestsPerMinute } = input;
    const about = { name, scopes, expiresAt, trusted, requestsPerMinute };
    const key = { id: uuidV7(), organizationId, secretHash: hashSecret(secret), origin: 'API' as const, ...about };
    return { apiKey: await this.keys.add(key), secret };
  }
}

function refuseExpired(expiresAt: Date | undefined): ValidationFailed | undefined {
  if (!expiresAt || expiresAt > new Date()) return undefined;
  return new ValidationFailed([
    { code: 'IN_THE_PAST', message: 'expiresAt must be in the future.', path: ['expiresAt'], severity: 'ERROR' },
  ]);
}

function refuseFixed({ origin }: ApiKey, change: object): Conflict | undefined {
  if (origin === 'CONFIGURATION') return refuseConfigured();
  const fixed = Object.entries(change).find(([name, value]) => value !== undefined && name !== 'requestsPerMinute');
  if (origin !== 'PACKAGE' || !fixed) return undefined;
  return new Conflict('A package carries this key: nothing but requestsPerMinute can be changed.', [fixed[0]]);
}

function refuseConfigured(): Conflict {
  return new Conflict('This key comes from the configuration: replace LECTERN_API_KEY instead.', ['id']);
}
