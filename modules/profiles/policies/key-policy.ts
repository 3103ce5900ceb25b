import type { Profile } from '../profile/profile.js';
import type { Claim } from '../profile/validate.js';

/**
 * What happens to statements that break a profile. REPORT: they are stored, and the problems kept. REFUSE: they are not
 * stored. Recommendations (warnings) are kept by both.
 */
export type PolicyMode = 'REPORT' | 'REFUSE';

/** What is asked of the statements that a key sends. */
export interface KeyPolicy {
  readonly keyId: string;
  /** IRIs of versions, or of profiles, which stand for their newest version. */
  readonly profiles: readonly string[];
  readonly mode: PolicyMode;
  readonly claim: Claim;
  readonly updatedAt: Date;
}

/** A policy with its profiles at hand. */
export interface ActivePolicy extends KeyPolicy {
  readonly resolved: readonly Profile[];
}
