import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import { AccessService } from '../../access/index.js';
import { ProfileLibrary } from '../library/profile-library.js';
import type { Claim } from '../profile/validate.js';
import type { KeyPolicy, PolicyMode } from './key-policy.js';
import { PolicyCache } from './policy-cache.js';
import { PolicyStore } from './policy.store.js';

/** A policy to set; the mode OFF removes it. */
export interface PolicyChange {
  readonly keyId: string;
  readonly profiles: readonly string[];
  readonly mode: PolicyMode | 'OFF';
  readonly claim: Claim;
}

/** Which keys are checked against which profiles. All of it needs the scope `admin`. */
@Injectable()
export class PoliciesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly policies: PolicyStore,
    private readonly library: ProfileLibrary,
    private readonly cache: PolicyCache,
    private readonly access: AccessService,
  ) {}

  page(principal: Principal, request: PageRequest): Promise<Page<KeyPolicy> | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.policies.page(organizationId, request));
  }

  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.policies.count(principal.organizationId));
  }

  /**
   * Sets the policy of a key or of a token issuer. Statements that come after the commit are checked by it, in all processes.
   *
   * @returns null when the key is not checked any more; NotFound without such a key; ValidationFailed without such a profile
   */
  set(principal: Principal, change: PolicyChange): Promise<KeyPolicy | null | NotFound | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      const { mode, keyId } = change;
      if (!(await this.access.isCredential(organizationId, keyId))) return new NotFound('API key', keyId, ['keyId']);
      const problems = mode === 'OFF' ? [] : await this.problemsOf(organizationId, change.profiles);
      if (problems.length > 0) return new ValidationFailed(problems);
      await this.cache.changed(organizationId);
      if (mode !== 'OFF') return this.policies.put(organizationId, { ...change, mode });
      await this.policies.remove(organizationId, keyId);
      return null;
    });
  }

  private async problemsOf(organizationId: string, iris: readonly string[]): Promise<Problem[]> {
    if (iris.length === 0) return [{ code: 'REQUIRED', message: 'Name one profile or more.', path: ['profiles'] }];
    const found = await this.library.resolve(organizationId, iris);
    return iris.flatMap((iri, index): Problem[] => {
      if (found[index]) return [];
      return [{ code: 'UNKNOWN_PROFILE', message: `There is no profile ${iri}.`, path: ['profiles', String(index)] }];
    });
  }
}
