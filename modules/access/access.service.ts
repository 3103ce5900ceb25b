import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../src/platform/database/uuid.js';
import { AccessDenied, Conflict } from '../../src/platform/errors.js';
import { AccessChanges } from './access-changes.js';
import { hashSecret, type ApiKey } from './keys/api-key.js';
import { ApiKeyStore } from './keys/api-key.store.js';
import { ApiKeysService, type IssuedApiKey } from './keys/api-keys.service.js';
import { DEFAULT_ORGANIZATION_ID, type Organization } from './organizations/organization.js';
import { OrganizationStore } from './organizations/organization.store.js';

/** The key that a package carries to report what learners do. */
export interface PackageKey {
  readonly organizationId: string;
  readonly courseId: string;
  readonly keyId: string;
  readonly secret: string;
  readonly expiresAt: Date;
}

/** Organizations, and the keys that other modules make for packages. */
@Injectable()
export class AccessService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: OrganizationStore,
    private readonly keys: ApiKeyStore,
    private readonly apiKeys: ApiKeysService,
    private readonly changes: AccessChanges,
  ) {}

  /** The caller's organization. Any caller may ask. */
  organization(principal: Principal): Promise<Organization> {
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.organizations.get(organizationId));
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
      return { organization, ...(await this.apiKeys.issue(id, { name: 'Administrator', scopes: ['admin'] })) };
    });
  }

  /** Whether a key or an issuer of tokens of the organization has this id. Joins the caller's unit of work. For other modules. */
  isCredential(organizationId: string, id: string): Promise<boolean> {
    return this.unitOfWork.read(organizationId, () => this.keys.isCredential(id));
  }

  /**
   * Makes the key that a package carries: it may only add statements about its course, and define what belongs to it.
   * Asking again with the same id replaces secret and expiry; a revoked key stays revoked. Joins the caller's unit of work.
   * For other modules, which check the permission of what they need the key for.
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
        trusted: false,
      });
      await this.changes.announce({ key: keyId });
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
      await this.changes.announce({ key: keyId });
    });
  }
}
