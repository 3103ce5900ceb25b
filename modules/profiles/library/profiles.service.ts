import { Injectable } from '@nestjs/common';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { Conflict, NotFound, ValidationFailed } from '../../../src/platform/errors.js';
import type { Problem } from '../../../src/platform/errors.js';
import { PolicyCache } from '../policies/policy-cache.js';
import { PolicyStore } from '../policies/policy.store.js';
import { readProfile } from '../profile/document/read-profile.js';
import { wordsOf } from '../profile/profile.js';
import { bundledEntries, ProfileLibrary } from './profile-library.js';
import { ProfileStore } from './profile.store.js';
import type { ProfileEntry, StoredProfile } from './stored-profile.js';

const MAXIMUM_PROFILES = 200;

/** An uploaded profile, and what of it is not checked or worth mending. */
export interface UploadedProfile {
  readonly profile: ProfileEntry;
  readonly warnings: readonly Problem[];
}

/** The profiles that an organization may use. All of it needs the scope `admin`. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ProfileStore,
    private readonly library: ProfileLibrary,
    private readonly policies: PolicyStore,
    private readonly cache: PolicyCache,
  ) {}

  /** Those that come with the service. */
  bundled(principal: Principal): ProfileEntry[] {
    requireScope(principal, 'admin');
    return bundledEntries();
  }

  /** Those that the organization has uploaded, each version by itself. */
  page(principal: Principal, request: PageRequest): Promise<Page<StoredProfile> | ValidationFailed> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.store.page(organizationId, request));
  }

  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.store.count(principal.organizationId));
  }

  /** The version with this IRI, or the newest of the profile with it. */
  find(principal: Principal, iri: string): Promise<ProfileEntry | undefined> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, () => this.library.find(organizationId, iri));
  }

  /**
   * Adds a version of a profile. The same text again changes nothing.
   *
   * @param document JSON-LD
   * @returns ValidationFailed with all that is wrong; Conflict when the version is there with another content
   */
  async upload(principal: Principal, document: string): Promise<UploadedProfile | ValidationFailed | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    const { profile, problems } = readProfile(document);
    if (!profile) return new ValidationFailed(problems);
    const { id: profileId, version } = profile;
    return this.unitOfWork.run(organizationId, async () => {
      if ((await this.store.count(organizationId)) >= MAXIMUM_PROFILES) {
        return new Conflict(
          `An organization may have ${MAXIMUM_PROFILES} versions of profiles: remove some first.`,
          [],
        );
      }
      const entry = { profileId, version, name: wordsOf(profile.name), document };
      const added = await this.store.add(organizationId, entry);
      const stored = added ?? (await this.store.find(organizationId, version))!;
      if (stored.document !== document) {
        return new Conflict(`${version} is there with another content: give the new one a version of its own.`, [
          'json',
        ]);
      }
      if (added) await this.cache.changed(organizationId);
      return { profile: stored, warnings: problems };
    });
  }

  /** @returns Conflict when a key's policy uses it */
  remove(principal: Principal, version: string): Promise<ProfileEntry | NotFound | Conflict> {
    requireScope(principal, 'admin');
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      const stored = await this.store.find(organizationId, version);
      if (!stored) return new NotFound('Profile', version, ['version']);
      const user = await this.policies.firstWith(organizationId, [stored.version, stored.profileId]);
      if (user) return new Conflict(`The key ${user} is checked against it.`, ['version']);
      await this.store.remove(organizationId, version);
      return stored;
    });
  }
}
