/** A person on the way out of the service. */
import type { ErasedContent, Replacements } from '../xapi/erasure/pseudonymise.js';
import { pseudonymOf } from '../xapi/erasure/pseudonym.js';
import { identifierOf } from '../xapi/identity.js';
import type { Actor } from '../xapi/statement.js';
import { authorityKey, termKey } from '../xapi/terms.js';

/** One identity of the person, and who stands in its place from now on. */
export interface IdentityToErase {
  /** An Agent with nothing but the identifier. */
  readonly actor: Actor;
  /** Name of the pseudonym account: a random UUID. */
  readonly pseudonym: string;
}

export interface PersonToErase {
  readonly organizationId: string;
  readonly identities: readonly IdentityToErase[];
  readonly content: ErasedContent;
  /** Only statements before this position are touched: what is stored later is about somebody new. */
  readonly before: string;
  /** Texts by which the person is known in places that are free text: addresses, account names, names. */
  readonly traces: readonly string[];
}

/** Keys of an identity and of what replaces it; see termKey. */
export interface ReplacedKeys {
  readonly actor: Actor;
  readonly replacement: Actor;
  readonly agent: string;
  readonly authority: string;
  readonly replacementAgent: string;
  readonly replacementAuthority: string;
}

export const replacementsOf = ({ identities, content }: PersonToErase): Replacements =>
  new Map(identities.map(({ actor, pseudonym }) => [identifierOf(actor)!, { pseudonym, content }]));

export const keysOf = ({ identities }: Pick<PersonToErase, 'identities'>): ReplacedKeys[] =>
  identities.map(({ actor, pseudonym }) => {
    const replacement = pseudonymOf(pseudonym);
    return {
      actor,
      replacement,
      agent: keyOfAgent(actor),
      authority: authorityKey(actor),
      replacementAgent: keyOfAgent(replacement),
      replacementAuthority: authorityKey(replacement),
    };
  });

/** By which statements name the agent. @param actor with an identifier */
export const keyOfAgent = (actor: Actor): string => termKey('agent', identifierOf(actor)!);

/** Shorter ones would be found in texts that have nothing to do with the person. */
const SHORTEST_TRACE = 4;

/** @param names that the person was seen with */
export function tracesOf(identities: readonly Pick<IdentityToErase, 'actor'>[], names: readonly string[]): string[] {
  const texts = identities.flatMap(({ actor: { mbox, mbox_sha1sum, openid, account } }) => [
    mbox?.slice('mailto:'.length),
    mbox_sha1sum,
    openid,
    account?.name,
  ]);
  const traces = [...texts, ...names].flatMap((text) => text?.toLowerCase() ?? []);
  return [...new Set(traces)].filter((trace) => trace.length >= SHORTEST_TRACE);
}

/** Whether a text says who the person is. */
export const hasTraceOf = ({ traces }: Pick<PersonToErase, 'traces'>, text: string): boolean => {
  const lower = text.toLowerCase();
  return traces.some((trace) => lower.includes(trace) || lower.includes(JSON.stringify(trace).slice(1, -1)));
};
