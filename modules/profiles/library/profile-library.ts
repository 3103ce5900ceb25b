import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { bundledProfiles } from '../bundled/index.js';
import { readProfile } from '../profile/document/read-profile.js';
import { wordsOf } from '../profile/profile.js';
import type { Profile } from '../profile/profile.js';
import { ProfileStore } from './profile.store.js';
import type { ProfileEntry } from './stored-profile.js';

const MAXIMUM_KEPT = 200;

/** Those that come with the service, in the order of their names. */
export function bundledEntries(): ProfileEntry[] {
  return bundledProfiles().map(({ profile: { id, version, name }, document }) => {
    return { profileId: id, version, name: wordsOf(name), document, bundled: true };
  });
}

/** Finds profiles by their IRIs, ready to check statements. Inside a unit of work. */
@Injectable()
export class ProfileLibrary {
  /** By the content: reading a profile takes longer than checking many statements. */
  private readonly profiles = new Map<string, Profile>();

  constructor(private readonly store: ProfileStore) {}

  /**
   * @param iris of versions, or of profiles, which stand for the version that was uploaded last; an organization's own go
   *   before those that come with the service
   * @returns undefined in the place of those that are not there
   */
  async resolve(organizationId: string, iris: readonly string[]): Promise<(Profile | undefined)[]> {
    if (iris.length === 0) return [];
    const own = await this.store.resolve(organizationId, iris);
    const entries = [...own, ...bundledEntries()];
    return iris.map((iri) => {
      const entry =
        entries.find(({ version }) => version === iri) ?? entries.find(({ profileId }) => profileId === iri);
      return entry && this.profileOf(entry);
    });
  }

  /** The version with this IRI, or the newest of the profile with it. */
  async find(organizationId: string, iri: string): Promise<ProfileEntry | undefined> {
    const entries = [...(await this.store.resolve(organizationId, [iri])), ...bundledEntries()];
    return entries.find(({ version }) => version === iri) ?? entries.find(({ profileId }) => profileId === iri);
  }

  /** @throws Error when it cannot be read any more: only what could be was stored */
  profileOf({ version, document, bundled }: ProfileEntry): Profile {
    if (bundled) return bundledProfiles().find(({ profile }) => profile.version === version)!.profile;
    const key = createHash('sha256').update(document).digest('base64');
    const known = this.profiles.get(key);
    if (known) return known;
    const { profile } = readProfile(document);
    if (!profile) throw new Error(`The stored profile ${version} cannot be read.`);
    if (this.profiles.size >= MAXIMUM_KEPT) this.profiles.clear();
    this.profiles.set(key, profile);
    return profile;
  }
}
