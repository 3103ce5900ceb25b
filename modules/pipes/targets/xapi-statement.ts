/** A statement as it leaves for another LRS. */
import { isSubStatement, membersOf, wholeOf } from '../../lrs/index.js';
import type { Statement } from '../../lrs/index.js';

/** Versions of xAPI that a target may speak. */
export const TARGET_VERSIONS = ['1.0.3', '2.0.0'] as const;

export type TargetVersion = (typeof TARGET_VERSIONS)[number];

/** What only version 2.0 has in a context (IEEE 9274.1.1 4.2.2.5). */
const ONLY_IN_2 = ['contextAgents', 'contextGroups'] as const;

/** The member of a context that version 1.0.3 does not have. */
export function memberOfVersion2(statement: Statement): string | undefined {
  const contexts = [statement.context, isSubStatement(statement.object) ? statement.object.context : undefined];
  return ONLY_IN_2.find((name) => contexts.some((context) => context && name in context));
}

/**
 * The stored text without what the target sets: `stored`, and `authority` unless it is to be kept. A statement of version
 * 2.0 leaves its version behind when it goes to a target of 1.0.3, which refuses it otherwise and sets its own; 2.0 takes
 * statements of 1.0.x with their version. Every other character stays as it is.
 */
export function outgoingText(text: string, statement: Statement, to: TargetVersion, keepAuthority: boolean): string {
  const left = new Set(['stored']);
  if (!keepAuthority) left.add('authority');
  if (to === '1.0.3' && statement.version?.startsWith('2.')) left.add('version');
  const members = membersOf(text, wholeOf(text)).filter(({ name }) => !left.has(name));
  return `{${members.map(({ label, value }) => text.slice(label.start, value.end)).join(',')}}`;
}

/** What a statement, and the SubStatement that is its object, say of their attachments. */
export function attachmentsOf({ attachments = [], object }: Statement): NonNullable<Statement['attachments']> {
  return isSubStatement(object) ? [...attachments, ...(object.attachments ?? [])] : attachments;
}
