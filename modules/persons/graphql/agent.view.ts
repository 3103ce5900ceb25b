/** Agents between the shapes of GraphQL and of xAPI. */
import type { Actor } from '../../lrs/index.js';
import type { PersonReference } from '../person.js';
import type { AgentInput, AgentObject } from './agent.graphql.js';
import type { PersonInput } from './person-input.graphql.js';

export function agentView({ objectType, name, mbox, mbox_sha1sum, openid, account, member = [] }: Actor): AgentObject {
  return {
    kind: objectType === 'Group' ? 'GROUP' : 'AGENT',
    name,
    account: account && { homePage: account.homePage, name: account.name },
    mbox,
    mboxSha1: mbox_sha1sum,
    openid,
    members: member.map(agentView),
  };
}

/** An Agent with nothing but the identifier. */
export function agentOf({ account, mbox, mboxSha1, openid }: AgentInput): Actor {
  if (account) return { account: { homePage: account.homePage, name: account.name } };
  if (mbox !== undefined) return { mbox };
  return mboxSha1 === undefined ? { openid: openid! } : { mbox_sha1sum: mboxSha1 };
}

export const referenceOf = ({ id, agent }: PersonInput): PersonReference =>
  id === undefined ? { agent: agentOf(agent!) } : { id: id.toLowerCase() };
