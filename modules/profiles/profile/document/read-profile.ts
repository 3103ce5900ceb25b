/** From the text of a profile's document to a profile that checks statements, and to all that is wrong with it. */
import type { Problem } from '../../../../src/platform/errors.js';
import { Findings } from './findings.js';
import { contextProblems, writtenOut } from './json-ld.js';
import { profileDocument } from './profile-document.js';
import type { ProfileDocument } from './profile-document.js';
import type { Profile } from '../profile.js';
import { readConcepts } from './read-concepts.js';
import { readPatterns } from './read-patterns.js';
import { readTemplates } from './read-templates.js';

export const MAXIMUM_PROFILE_LENGTH = 2_000_000;
const MAXIMUM_DEPTH = 64;
const MAXIMUM_PROBLEMS = 100;

/** The profile, unless there is an ERROR among the problems. A WARNING names what is not checked, or worth mending. */
export interface ReadProfile {
  readonly profile: Profile | undefined;
  readonly problems: readonly Problem[];
}

/** Reads a profile. Nothing of it is run, nothing is fetched; what it costs is bounded by its length. */
export function readProfile(text: string): ReadProfile {
  const findings = new Findings();
  const json = parse(text, findings);
  const document = json && shapeOf(json, findings);
  const profile = document && profileOf(document, findings);
  const errors = findings.problems.some(({ severity }) => severity === 'ERROR');
  return { profile: errors ? undefined : profile, problems: findings.problems.slice(0, MAXIMUM_PROBLEMS) };
}

function parse(text: string, findings: Findings): Readonly<Record<string, unknown>> | undefined {
  if (text.length > MAXIMUM_PROFILE_LENGTH) {
    findings.error('TOO_LONG', `A profile may have ${MAXIMUM_PROFILE_LENGTH} characters.`, []);
    return undefined;
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isTooDeep(json)) findings.error('TOO_DEEP', `A profile may nest ${MAXIMUM_DEPTH} levels deep.`, []);
    else if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
    else findings.error('WRONG_TYPE', 'A profile is a JSON object.', []);
  } catch (error) {
    findings.error('MALFORMED_JSON', `The profile is not JSON: ${(error as Error).message}`, []);
  }
  return undefined;
}

function isTooDeep(root: unknown): boolean {
  const pending: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (depth > MAXIMUM_DEPTH) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const child of Object.values(value)) pending.push({ value: child, depth: depth + 1 });
  }
  return false;
}

function shapeOf(json: Readonly<Record<string, unknown>>, findings: Findings): ProfileDocument | undefined {
  findings.problems.push(...contextProblems(json));
  const { data, error } = profileDocument.safeParse(writtenOut(json));
  for (const issue of error?.issues ?? []) {
    const path = issue.path.map(String);
    findings.error('INVALID', `${path.join('.') || 'The profile'}: ${issue.message}.`, path);
  }
  return data;
}

function profileOf(document: ProfileDocument, findings: Findings): Profile {
  const version = versionOf(document);
  findSchemes(document, version, findings);
  const concepts = readConcepts(document.concepts ?? [], findings);
  const templates = readTemplates(document.templates ?? [], findings);
  const patterns = readPatterns(document.patterns ?? [], new Set(templates.map(({ id }) => id)), findings);
  const { id, prefLabel: name, definition } = document;
  const versions = document.versions.map((one) => one.id);
  return { id, version, versions, name, definition, concepts, templates, patterns };
}

/** The newest, whichever order they are listed in. */
function versionOf({ versions }: ProfileDocument): string {
  const time = ({ generatedAtTime }: { generatedAtTime: string }) => Date.parse(generatedAtTime) || 0;
  return versions.reduce((newest, version) => (time(version) > time(newest) ? version : newest)).id;
}

/** Everything in the document belongs to the version that it describes, and says what it means. */
function findSchemes(document: ProfileDocument, version: string, findings: Findings): void {
  const others = new Set<string>();
  for (const list of ['concepts', 'templates', 'patterns'] as const) {
    for (const [index, one] of (document[list] ?? []).entries()) {
      const { id, inScheme = version } = one;
      if (inScheme !== version && !others.has(inScheme)) {
        const message = `${id} is inScheme ${inScheme}, but the document describes ${version}; maybe it is not alone.`;
        findings.warning('OTHER_VERSION', message, [list, index, 'inScheme']);
        others.add(inScheme);
      }
      if (list === 'patterns' || one.type === 'Activity' || ('definition' in one && one.definition)) continue;
      findings.warning('DEFINITION_MISSING', `${id} has no definition.`, [list, index, 'definition']);
    }
  }
}
