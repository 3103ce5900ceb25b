/** What statements say, in the shape in which it is counted. */
import type { LanguageMap } from '../lrs/index.js';

/** In which place a context names a term. Numbers, because they are stored. */
export const ROLES = { parent: 1, grouping: 2, category: 3, named: 4, related: 5 } as const;

/**
 * `named`: what the filter `agent` finds beside the actor (the object, members); `related`: what only related_agents and
 * related_activities find.
 */
export type Role = (typeof ROLES)[keyof typeof ROLES];

/** What a statement tells about something that it names. */
export interface TermSketch {
  /** 128 bits in hexadecimal, by kind and value. */
  readonly key: string;
  /** IRI, JSON of an agent's identifier, registration, or response; undefined where it is never shown. */
  readonly value?: string;
  /** By language; the name of an agent is in UNDETERMINED. */
  readonly names?: LanguageMap;
  readonly descriptions?: LanguageMap;
  /** Key of the activity's type. */
  readonly type?: string;
  /** Texts beside names and descriptions by whose words it is found. */
  readonly texts?: readonly string[];
}

/** The language of names that do not tell theirs (ISO 639-2). */
export const UNDETERMINED = 'und';

/** One member of a context. */
export interface ContextPart {
  readonly role: Role;
  /** Of the term. */
  readonly key: string;
}

/** One statement. Terms are named by their keys. */
export interface FactSketch {
  readonly position: string;
  /** Milliseconds since 1970, by the learner's clock. */
  readonly happenedAt: number;
  readonly actor: string | undefined;
  readonly verb: string;
  readonly activity: string | undefined;
  readonly registration: string | undefined;
  readonly response: string | undefined;
  readonly context: { readonly key: string; readonly parts: readonly ContextPart[] } | undefined;
  readonly scaled: number | undefined;
  readonly raw: number | undefined;
  /** Whole milliseconds. */
  readonly durationMs: number | undefined;
  readonly success: boolean | undefined;
  readonly completion: boolean | undefined;
  readonly voided: boolean;
}

/** A statement, everything that it names, and the statement that it voids. */
export interface StatementSketch {
  readonly fact: FactSketch;
  readonly terms: readonly TermSketch[];
  readonly voids: string | undefined;
}
