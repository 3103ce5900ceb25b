/** Patterns of a profile (section 9). */
import type { PatternDocument } from './profile-document.js';
import type { Pattern, PatternKind } from '../profile.js';
import type { Findings } from './findings.js';

const KINDS = ['alternates', 'optional', 'oneOrMore', 'sequence', 'zeroOrMore'] as const satisfies PatternKind[];

export function readPatterns(
  documents: readonly PatternDocument[],
  templates: ReadonlySet<string>,
  findings: Findings,
): Pattern[] {
  const known = new Set(templates);
  const patterns = documents.flatMap((document, index): Pattern[] => {
    const path = ['patterns', index];
    if (known.has(document.id)) findings.error('DUPLICATE', `${document.id} is there twice.`, path);
    known.add(document.id);
    return readPattern(document, path, findings);
  });
  findCircles(patterns, findings);
  return patterns;
}

function readPattern(document: PatternDocument, path: readonly (string | number)[], findings: Findings): Pattern[] {
  const { id, prefLabel, definition, primary = false, deprecated = false } = document;
  if (primary && (!prefLabel || !definition)) {
    findings.error('REQUIRED', `The primary pattern ${id} needs prefLabel and definition (Profiles 9).`, path);
  }
  const kinds = KINDS.filter((kind) => document[kind] !== undefined);
  const [kind] = kinds;
  if (!kind || kinds.length > 1) {
    findings.error('CONTRADICTION', `${id} needs exactly one of ${KINDS.join(', ')} (Profiles 9).`, path);
    return [];
  }
  const members = [document[kind]!].flat();
  if (members.length < leastMembers(kind, primary)) {
    findings.error('TOO_SHORT', `${kind} of ${id} needs two members or more (Profiles 9).`, [...path, kind]);
  }
  return [{ id, name: prefLabel ?? {}, primary, deprecated, kind, members }];
}

const leastMembers = (kind: PatternKind, primary: boolean): number =>
  kind === 'alternates' || (kind === 'sequence' && !primary) ? 2 : 1;

/** A pattern must not be within itself, at any depth. A loop, not recursion: patterns may nest deeper than the stack. */
function findCircles(patterns: readonly Pattern[], findings: Findings): void {
  const byId = new Map(patterns.map((pattern) => [pattern.id, pattern]));
  const done = new Set<string>();
  for (const start of patterns) {
    const within = new Set<string>();
    const open: { id: string; members: Iterator<string> }[] = [];
    const enter = ({ id, members }: Pattern) => {
      within.add(id);
      open.push({ id, members: members[Symbol.iterator]() });
    };
    enter(start);
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const next = last.members.next();
      const member = next.value as string;
      if (next.done) {
        within.delete(last.id);
        done.add(last.id);
        open.pop();
      } else if (within.has(member)) {
        findings.error('CIRCLE', `The pattern ${member} is within itself (Profiles 9).`, ['patterns']);
        return;
      } else if (byId.has(member) && !done.has(member)) {
        enter(byId.get(member)!);
      }
    }
  }
}
