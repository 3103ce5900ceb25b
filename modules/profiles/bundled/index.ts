/** Profiles that come with the service. Another one is a file beside this and a line here. */
import { readProfile } from '../profile/document/read-profile.js';
import type { Profile } from '../profile/profile.js';
import { adl } from './adl.js';
import { cmi5 } from './cmi5.js';
import { lectern } from './lectern.js';
import { scorm } from './scorm.js';
import { video } from './video.js';

const documents = { adl, cmi5, lectern, scorm, video } as const;

/** A profile and the text that it was read from. */
export interface BundledProfile {
  readonly profile: Profile;
  /** JSON-LD. */
  readonly document: string;
}

let read: readonly BundledProfile[] | undefined;

/** In the order of their names. They are read when they are first asked for: many installations never do. */
export function bundledProfiles(): readonly BundledProfile[] {
  read ??= Object.values(documents).map((document) => {
    const { profile, problems } = readProfile(document);
    if (!profile) throw new Error(`A bundled profile is wrong: ${problems.map(({ message }) => message).join(' ')}`);
    return { profile, document };
  });
  return read;
}
