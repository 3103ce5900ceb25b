import { ERASED, hasTraceOf, keyOfAgent, keysOf } from '../lrs/index.js';
import type { PersonToErase } from '../lrs/index.js';
import type { AgentInput } from './graphql/agent.graphql.js';
import { agentOf } from './graphql/agent.view.js';

const IDENTIFIERS = ['account', 'mbox', 'mboxSha1', 'openid'];

/**
 * A saved filter, or what holds one, that no longer tells of the person: agents, named as inputs name them, become pseudonyms,
 * and other texts that tell who the person is give way to one that finds nothing.
 *
 * @returns the same value when it does not tell of the person
 */
export function withPseudonyms<T>(value: T, person: PersonToErase): T {
  const replacements = new Map(keysOf(person).map(({ agent, replacement }) => [agent, replacement]));
  let found = false;
  const rewritten = (part: unknown): unknown => {
    const replacement = isAgent(part) ? replacements.get(keyOfAgent(agentOf(part))) : undefined;
    const tells = replacement !== undefined || (typeof part === 'string' && hasTraceOf(person, part));
    if (tells) found = true;
    if (tells) return replacement ?? ERASED;
    if (Array.isArray(part)) return part.map(rewritten);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, rewritten(inner)]));
  };
  const result = rewritten(value) as T;
  return found ? result : value;
}

const isAgent = (value: unknown): value is AgentInput =>
  typeof value === 'object' && value !== null && IDENTIFIERS.some((name) => Boolean((value as never)[name]));
