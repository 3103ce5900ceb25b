/** When two Agents or two Groups are the same: when they have the same identifier (Data 2.4.2.3). */
import type { Actor } from './statement.js';

/**
 * The identifier of an Agent or an identified Group as one string, equal exactly when the identifiers are; undefined for an
 * anonymous Group.
 */
export function identifierOf(actor: Actor): string | undefined {
  if (actor.mbox !== undefined) return `mbox ${withLowerCaseDomain(actor.mbox)}`;
  if (actor.mbox_sha1sum !== undefined) return `mbox_sha1sum ${actor.mbox_sha1sum.toLowerCase()}`;
  if (actor.openid !== undefined) return `openid ${actor.openid}`;
  if (actor.account !== undefined) return `account ${JSON.stringify([actor.account.homePage, actor.account.name])}`;
  return undefined;
}

/** The same for an authority, which may be an anonymous Group: it is the one with the same members (Data 2.4.9). */
export function identifierOfAuthority(authority: Actor): string {
  return identifierOf(authority) ?? `members ${JSON.stringify([...identifiersOf(authority)].sort())}`;
}

/** Domains of e-mail addresses are the same in upper and lower case; local parts are not (Data 2.3.1). */
export function withLowerCaseDomain(mbox: string): string {
  const at = mbox.lastIndexOf('@');
  return mbox.slice(0, at) + mbox.slice(at).toLowerCase();
}

/** The identifiers of an Agent or Group and of the Group's members: whom a filter for an agent finds (Comm 2.1.3). */
export function* identifiersOf(actor: Actor): Generator<string> {
  const own = identifierOf(actor);
  if (own !== undefined) yield own;
  for (const member of actor.member ?? []) yield* identifiersOf(member);
}
