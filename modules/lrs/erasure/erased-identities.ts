import { Injectable } from '@nestjs/common';
import { KeyedHashes } from '../../../src/platform/secrets/keyed-hashes.js';
import { isSameStatement } from '../xapi/comparison.js';
import { identifiersIn, pseudonymised } from '../xapi/erasure/pseudonymise.js';
import type { Replacement } from '../xapi/erasure/pseudonymise.js';
import { parseExactly } from '../xapi/exact-json.js';
import { identifierOf } from '../xapi/identity.js';
import type { Actor, Statement } from '../xapi/statement.js';
import type { XapiVersion } from '../xapi/version.js';
import { ErasedIdentityStore } from './erased-identity.store.js';
import type { ErasedIdentity } from './erased-identity.store.js';

const placeOf = (organizationId: string): string => `erased identity of ${organizationId}`;

/** Who was erased: known by keyed hashes, so that the service can tell, and the database alone cannot. */
@Injectable()
export class ErasedIdentities {
  constructor(
    private readonly hashes: KeyedHashes,
    private readonly store: ErasedIdentityStore,
  ) {}

  /** @param actor with an identifier */
  hashOf(organizationId: string, actor: Actor): string {
    return this.hashes.of(identifierOf(actor)!, placeOf(organizationId));
  }

  /** Inside the unit of work that begins an erasure. */
  add(organizationId: string, identities: readonly ErasedIdentity[]): Promise<void> {
    return this.store.add(organizationId, identities);
  }

  /** Erasures of one of the identities, whether they are done or not. Inside a unit of work. */
  find(organizationId: string, actors: readonly Actor[]): Promise<ErasedIdentity[]> {
    return this.withIdentifiers(
      organizationId,
      actors.map((actor) => identifierOf(actor)!),
    );
  }

  ofErasure(organizationId: string, erasureId: string): Promise<ErasedIdentity[]> {
    return this.store.ofErasure(organizationId, erasureId);
  }

  /**
   * Whether a statement that is sent again is the stored one, but for what erasures have taken out of that: the same is taken
   * out of the sent one, and then they are compared. Inside a unit of work.
   *
   * @param stored its text
   * @param sent its text, too
   */
  async areSame(organizationId: string, stored: string, sent: string, version: XapiVersion): Promise<boolean> {
    const replacements = new Map<string, Replacement>();
    for (const identifier of identifiersIn(sent)) {
      const erased = await this.withIdentifiers(organizationId, [identifier]);
      const applied = erased.find(({ pseudonym }) => stored.includes(pseudonym));
      if (applied) replacements.set(identifier, applied);
    }
    if (replacements.size === 0) return false;
    const [known, expected] = [stored, pseudonymised(sent, replacements)].map(parseExactly) as [Statement, Statement];
    return isSameStatement(known, expected, version);
  }

  private withIdentifiers(organizationId: string, identifiers: readonly string[]): Promise<ErasedIdentity[]> {
    const hashes = identifiers.flatMap((identifier) => this.hashes.allOf(identifier, placeOf(organizationId)));
    return this.store.withHashes(organizationId, hashes);
  }
}
