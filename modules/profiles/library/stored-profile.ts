/** A version of a profile that an organization may use. */
export interface ProfileEntry {
  /** IRI of the profile over all its versions. */
  readonly profileId: string;
  /** IRI of this version. */
  readonly version: string;
  readonly name: string;
  /** JSON-LD. */
  readonly document: string;
  /** Whether it comes with the service. */
  readonly bundled: boolean;
  /** Unset for what comes with the service. */
  readonly uploadedAt?: Date;
}

/** One that an organization has uploaded. */
export type StoredProfile = ProfileEntry & { readonly uploadedAt: Date };
