import type { Problem, Severity } from '../../../src/platform/errors.js';

/** What a profile asks for and a statement does not have. An ERROR breaks the profile, a WARNING its recommendations. */
export interface ProfileProblem extends Problem {
  /** IRI of the profile. */
  readonly profile: string;
  /** IRI of its version. */
  readonly version: string;
  /** IRI of the template that asks for it, where it is one. */
  readonly template?: string | undefined;
  /** JSONPath of the rule that asks for it, where it is one. */
  readonly location?: string | undefined;
  readonly severity: Severity;
}

/** A problem before it is known which profile and template it is of. */
export type Fault = Pick<ProfileProblem, 'code' | 'message' | 'path' | 'severity' | 'location'>;

const MAXIMUM_SHOWN = 100;

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}...` : text;
}
