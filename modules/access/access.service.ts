import { Injectable } from '@nestjs/common';
import { requireScope, type Principal, type Scope } from '../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { AccessDenied, Conflict, NotFound, ValidationFailed } from '../../src/platform/errors.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { hashSecret, newSecret, type ApiKey, type KeyOrigin } from './api-key.js';
import { ApiKeyStore } from './api-key.store.js';
import { DEFAULT_ORGANIZATION_ID, type Organization } from './organization.js';
import { OrganizationStore } from './organization.store.js';

/** A key and, this one time, its secret. */
export interface IssuedApiKey {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

/** The key that a package carries to report what learners do. */
export interface PackageKey {
  readonly organizationId: string;
  readonly courseId: string;
  readonly keyId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/** Organizations and the keys that act for them. */
@Injectable()
export class AccessService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: OrganizationStore,
    private readonly keys: ApiKeyStore,
    private readonly authenticator: ApiKeyAuthenticator,
  ) {}

  /** The caller's organization. Any key may ask. */
  organization(principal: Principal): Promise<Organization> {
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.organizations.get(organizationId));
  }

  /** The key that the caller uses. Any key may ask. */
  ownKey(principal: Principal): Promise<ApiKey> {
    return this.unitOfWork.read(principal.organizationId, async () => (await this.keys.find(principal.keyId))!);
  }

  /** Scope `admin`. Keys of the organization, oldest first: ids are made in order. */
  apiKeys(principal: Principal, request: PageRequest): Promise<Page<ApiKey> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.keys.page(request));
  }

  /** Scope `admin`. How many keys the organization has, revoked ones included. */
  countApiKeys(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.keys.count());
  }

  /**
   * Scope `admin`. Makes a key of the caller's organization.
   *
   * @returns ValidationFailed when it would already be expired.
   */
  async createApiKey(
    principal: Principal,
    input: { name: string; scopes: readonly Scope[]; expiresAt?: Date | undefined },
  ): Promise<IssuedApiKey | ValidationFailed> {
    requireScope(principal, 'admin');
    if (input.expiresAt && input.expiresAt <= new Date()) {
      return new ValidationFailed([
        { code: 'IN_THE_PAST', message: 'expiresAt must be in the future.', path: ['expiresAt'], severity: 'ERROR' },
      ]);
    }
    return this.unitOfWork.run(principal.organizationId, () => this.issue(principal.organizationId, input));
  }

  /** Scope `admin`. From its commit on, no process that knows of it accepts the key. Revoking twice changes nothing. */
  revokeApiKey(principal: Principal, id: string): Promise<ApiKey | NotFound | Conflict> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const key = await this.keys.find(id);
      if (!key) return new NotFound('API key', id, ['id']);
      if (key.origin === 'CONFIGURATION') {
        return new Conflict('This key comes from the configuration: replace LECTERN_API_KEY instead.', ['id']);
      }
      this.unitOfWork.afterCommit(() => this.authenticator.forget(id));
      return (await this.keys.revoke(id))!;
    });
  }

  /** Scope `admin` in the default organization: operators of the installation. Comes with the first administrator's key. */
  async createOrganization(
    principal: Principal,
    { name }: { name: string },
  ): Promise<IssuedApiKey & { readonly organization: Organization }> {
    requireScope(principal, 'admin');
    if (principal.organizationId !== DEFAULT_ORGANIZATION_ID) {
      throw new AccessDenied('FORBIDDEN', 'Only administrators of the installation create organizations.');
    }
    const id = uuidV7();
    return this.unitOfWork.run(id, async () => {
      await this.organizations.add(id, name);
      const organization = await this.organizations.get(id);
      return { organization, ...(await this.issue(id, { name: 'Administrator', scopes: ['admin'] })) };
    });
  }

  /**
   * Makes the key that a package carries: it may only add statements about its course. Asking again with the same id
   * replaces secret and expiry; a revoked key stays revoked. Joins the caller's unit of work. For other modules, which
   * check the permission of what they need the key for.
   *
   * @returns Conflict when the id belongs to a key of another kind or course.
   */
  issuePackageKey({ organizationId, courseId, keyId, secret, expiresAt }: PackageKey): Promise<ApiKey | Conflict> {
    return this.unitOfWork.run(organizationId, async () => {
      const issued = await this.keys.put({
        id: keyId,
        organizationId,
        secretHash: hashSecret(secret),
        name: `Package of course ${courseId}`,
        scopes: ['statements/write', 'define'],
        origin: 'PACKAGE',
        restriction: { courseId },
        expiresAt,
      });
      this.unitOfWork.afterCommit(() => this.authenticator.forget(keyId));
      return issued ?? new Conflict(`The key ${keyId} is not a key of a package of this course.`, ['keyId']);
    });
  }

  /**
   * Stops a package's key from working, at once and for good. Joins the caller's unit of work. For other modules, which
   * check the permission.
   */
  revokePackageKey({ organizationId, keyId }: Pick<PackageKey, 'organizationId' | 'keyId'>): Promise<void> {
    return this.unitOfWork.run(organizationId, async () => {
      const key = await this.keys.find(keyId);
      if (key?.origin !== 'PACKAGE') return;
      await this.keys.revoke(keyId);
      this.unitOfWork.afterCommit(() => this.authenticator.forget(keyId));
    });
  }

  private async issue(
    organizationId: string,
    { name, scopes, expiresAt }: { name: string; scopes: readonly Scope[]; expiresAt?: Date | undefined },
  ): Promise<IssuedApiKey> {
    const secret = newSecret();
    const origin: KeyOrigin = 'API';
    const key = { id: uuidV7(), organizationId, secretHash: hashSecret(secret), name, scopes, origin, expiresAt };
    return { apiKey: await this.keys.add(key), secret };
  }
}
