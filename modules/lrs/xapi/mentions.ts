/** What a statement tells of activities, verbs and agents besides which they are. */
import { identifierOf } from './identity.js';
import type { Actor, Statement } from './statement.js';

/** The definition of an activity, or the display of a verb. */
export interface DefinitionMention {
  readonly kind: 'activity' | 'verb';
  readonly id: string;
  readonly definition: object;
  /** Where the statement has it. */
  readonly path: readonly string[];
}

export interface NameMention {
  /** Of an Agent; see identifierOf. */
  readonly identifier: string;
  readonly name: string;
}

export interface Mentions {
  /** In the order of the statement. */
  readonly definitions: DefinitionMention[];
  readonly names: NameMention[];
}

type Part = Readonly<Record<string, unknown>> & Partial<Actor>;

/**
 * Where nothing is mentioned, or what is mentioned is not what the statement says: the authority is what the LRS says, and
 * definitions, which are looked at as a whole, may have anything in their extensions.
 */
const NOT_SEARCHED = new Set(['authority', 'result', 'attachments', 'extensions', 'definition', 'display', 'account']);

/** Everything that the statement, its SubStatement and their contexts mention, wherever a version of xAPI has a place for it. */
export function mentionsIn(statement: Statement): Mentions {
  const mentions: Mentions = { definitions: [], names: [] };
  search(statement, [], mentions);
  return mentions;
}

function search(part: object, path: string[], mentions: Mentions): void {
  if (!Array.isArray(part)) note(part as Part, path, mentions);
  for (const name of Object.keys(part)) {
    const value = (part as Part)[name];
    if (typeof value !== 'object' || value === null || NOT_SEARCHED.has(name)) continue;
    path.push(name);
    search(value, path, mentions);
    path.pop();
  }
}

function note(part: Part, path: readonly string[], { definitions, names }: Mentions): void {
  const { id, definition, display, name } = part;
  if (typeof id === 'string') {
    if (isObject(definition)) definitions.push({ kind: 'activity', id, definition, path: [...path, 'definition'] });
    if (isObject(display)) definitions.push({ kind: 'verb', id, definition: display, path: [...path, 'display'] });
  }
  if (typeof name !== 'string' || part.objectType === 'Group') return;
  const identifier = identifierOf(part);
  if (identifier !== undefined) names.push({ identifier, name });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
