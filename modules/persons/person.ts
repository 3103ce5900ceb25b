/** Persons: identities of xAPI that an organization says are one somebody (Comm 2.4: a Person, or persona). */
import { hash } from 'node:crypto';
import type { Principal } from '../../src/platform/access/principal.js';
import { keyOfAgent } from '../lrs/index.js';
import type { Actor } from '../lrs/index.js';

/** An identity of a person. */
export interface PersonIdentity {
  /** An Agent with nothing but the identifier. */
  readonly actor: Actor;
  /** By which statements name the agent; see termKey. */
  readonly key: string;
  /** The SHA-1 of an mbox: it follows from that, and nobody had to say so. */
  readonly implied: boolean;
}

export interface Person {
  readonly id: string;
  /** At least one. */
  readonly identities: readonly PersonIdentity[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A person by its id, or by any of its identities; an identity that is in no person is somebody, too. */
export type PersonReference = { readonly id: string } | { readonly agent: Actor };

export type PersonChangeKind = 'MERGE' | 'SPLIT';

/** Who did something: the credential, and whom a token acts for. */
export interface Doer {
  readonly keyId: string;
  readonly name?: string;
  readonly issuer?: string;
  readonly client?: string;
  readonly user?: string;
}

/** A merge or a split. */
export interface PersonChange {
  readonly id: string;
  readonly personId: string;
  readonly kind: PersonChangeKind;
  /** Which came to the person, or left. */
  readonly identities: readonly Actor[];
  /** The persons that were merged into it, or the one that was split off. */
  readonly otherIds: readonly string[];
  readonly doer: Doer;
  readonly reason: string | undefined;
  readonly changedAt: Date;
}

/** The agent, and what follows from it: an mbox says what its SHA-1 is (Data 2.4.2.3), but not the other way round. */
export function identitiesOf(agent: Actor): PersonIdentity[] {
  const { mbox } = agent;
  const own = { actor: agent, key: keyOfAgent(agent), implied: false };
  if (mbox === undefined) return [own];
  const at = mbox.lastIndexOf('@');
  const written = [mbox, mbox.slice(0, at) + mbox.slice(at).toLowerCase()];
  const sums = new Set(written.map((text) => hash('sha1', text, 'hex')));
  return [own, ...[...sums].map((sum) => ({ actor: { mbox_sha1sum: sum }, implied: true }))].map((identity) => ({
    ...identity,
    key: keyOfAgent(identity.actor),
  }));
}

export function doerOf({ keyId, name, token }: Principal): Doer {
  return {
    keyId,
    ...(name !== undefined && { name }),
    ...(token && { issuer: token.issuer, client: token.client, ...(token.user && { user: token.user.id }) }),
  };
}
