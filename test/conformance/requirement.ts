import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { XapiVersion } from '../../modules/lrs/xapi/version.js';

/** What one or both texts ask for in one place. */
interface Part {
  readonly part: string;
  /** Where each text has it; a version without a clause does not ask for it. 2.0 is IEEE 9274.1.1. */
  readonly clauses: Readonly<Partial<Record<XapiVersion, string>>>;
  /**
   * In words of our own, by id: XAPI-00000 as ADL numbers them, DATA- or COMM-<clause>-<letter> for what it
   * has no number for, 9274-<clause>-<letter> for what only 2.0 asks.
   */
  readonly requirements: Readonly<Record<string, string>>;
}

interface RequirementList {
  /** Requirements with a test, by version. Only ever raised. */
  readonly floor: Readonly<Record<XapiVersion, number>>;
  /** Numbers that mean nothing any more, and why. */
  readonly withdrawn: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
}

export interface Requirement {
  readonly id: string;
  readonly part: string;
  readonly clause: string;
  readonly about: string;
}

export const VERSIONS: readonly XapiVersion[] = ['1.0.3', '2.0.0'];

const FILE = join(import.meta.dirname, 'requirements.json');
export const requirementList = JSON.parse(readFileSync(FILE, 'utf8')) as RequirementList;

export function requirementsOf(version: XapiVersion): Requirement[] {
  return requirementList.parts.flatMap(({ part, clauses, requirements }) => {
    const clause = clauses[version];
    if (clause === undefined) return [];
    return Object.entries(requirements).map(([id, about]) => ({ id, part, clause, about }));
  });
}
