import { uuidV7 } from '../../../src/platform/database/uuid.js';
import type { ProfileProblem } from '../profile/profile-problem.js';
import type { ProfileReport } from './profile-report.js';

/** Of one request: a batch in which everything is wrong says so soon enough. */
export const MAXIMUM_ROWS = 1_000;
const MAXIMUM_TEXT = 1_000;

/** What PostgreSQL cannot hold may be in the names of extensions, and so in paths and messages. */
const storable = (text: string): string => text.slice(0, MAXIMUM_TEXT).replace(/[\0\p{Surrogate}]/gu, '\ufffd');

/** What is kept of the problems of a statement. */
export function reportsOf(
  keyId: string,
  statementId: string,
  problems: readonly ProfileProblem[],
): Omit<ProfileReport, 'reportedAt'>[] {
  return problems.map(({ profile, version, template, location, code, severity, message, path }) => ({
    ...{ id: uuidV7(), keyId, statementId, profileId: profile, version, code, severity },
    ...{ template: template ?? null, location: location ?? null },
    message: storable(message),
    path: path.map(storable),
  }));
}
