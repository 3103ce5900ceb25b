/** Which scope of xAPI allows what at /xapi (1.0.3 Comm 4.2). */
import { requireOneOf } from '../../src/platform/access/principal.js';
import type { Principal, Scope } from '../../src/platform/access/principal.js';
import { belongsToCourse } from './course-activity.js';

/** `read` is GET and HEAD; `write` is PUT, POST and DELETE. */
export type XapiAccess = 'read' | 'write';

/** `profile` is both profiles: of activities and of agents. */
export type XapiResource = 'statements' | 'state' | 'profile' | 'activities' | 'agents';

const EVERYTHING = ['all'] as const satisfies Scope[];
const READ_EVERYTHING = ['all/read', 'all'] as const satisfies Scope[];

/**
 * Any one of the scopes is enough. What is known of activities and agents is made of the statements of everybody, so who
 * may read only its own does not get to see it.
 */
const SUFFICIENT = {
  statements: {
    read: ['statements/read', 'statements/read/mine', ...READ_EVERYTHING],
    write: ['statements/write', ...EVERYTHING],
  },
  state: { read: ['state', ...READ_EVERYTHING], write: ['state', ...EVERYTHING] },
  profile: { read: ['profile', ...READ_EVERYTHING], write: ['profile', ...EVERYTHING] },
  activities: { read: ['statements/read', 'define', 'profile', ...READ_EVERYTHING], write: [] },
  agents: { read: ['statements/read', 'define', 'profile', ...READ_EVERYTHING], write: [] },
} as const satisfies Record<XapiResource, Record<XapiAccess, readonly Scope[]>>;

/**
 * Refuses the call unless the caller's scopes allow it.
 *
 * @throws AccessDenied UNAUTHENTICATED without a principal; FORBIDDEN, naming the scopes that would do
 */
export function requireXapiScope(
  principal: Principal | undefined,
  resource: XapiResource,
  access: XapiAccess,
): asserts principal is Principal {
  requireOneOf(principal, SUFFICIENT[resource][access]);
}

/** Whether the caller reads no statements but those that it asserted (`statements/read/mine`). */
export function readsOnlyOwn({ scopes }: Principal): boolean {
  const wider: readonly Scope[] = ['statements/read', 'all/read', 'all', 'admin'];
  return !wider.some((scope) => scopes.has(scope));
}

/**
 * Whether statements of the caller may change what the LRS knows of an activity (`define`). Keys of packages define what
 * belongs to their course.
 */
export function mayDefine({ scopes, restriction }: Principal, activityId: string): boolean {
  const defining: readonly Scope[] = ['define', 'all', 'admin'];
  if (!defining.some((scope) => scopes.has(scope))) return false;
  return restriction === undefined || belongsToCourse(activityId, restriction.courseId);
}
