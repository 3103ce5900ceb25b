import { Injectable } from '@nestjs/common';
import { StatementReferenceStore } from './statement-reference.store.js';
import type { IndexedLink, StatementLink } from './statement-reference.store.js';
import { storedTerms } from './stored-terms.js';

interface CompleteLink extends StatementLink {
  readonly target: string;
}

/** Links that are written with one SQL statement, at most. */
const LINKS_AT_ONCE = 1_000;

/**
 * A search finds a statement about another statement by what that one is found by ("Filter Conditions for StatementRefs",
 * Comm 2.1.3). So each has copies of the index entries of all that it leads to, made when the later of the two is stored:
 * a search of these is as fast as any other.
 */
@Injectable()
export class StatementLinker {
  constructor(private readonly store: StatementReferenceStore) {}

  /**
   * Links statements that have just been stored, and those that lead to them, within the unit of work. Doing it again does
   * no harm.
   *
   * @returns whether all that they lead to is there
   */
  async link(organizationId: string, ids: readonly string[]): Promise<boolean> {
    const links = await this.store.linksAround(organizationId, ids);
    const complete = links.filter((link): link is CompleteLink => link.target !== null);
    for (let done = 0; done < complete.length; done += LINKS_AT_ONCE) {
      await this.index(organizationId, complete.slice(done, done + LINKS_AT_ONCE));
    }
    return complete.length === links.length;
  }

  /**
   * Takes statements that are about to be removed, within the unit of work, out of all chains: of these and of those that
   * lead to them nothing is left but what the statements themselves say.
   *
   * @returns the ids of the others, to be linked again once the statements are gone
   */
  async unlink(organizationId: string, ids: readonly string[]): Promise<readonly string[]> {
    const referring = await this.store.leadingTo(organizationId, ids);
    if (referring.length === 0) return [];
    const links = await this.store.linksOf(
      organizationId,
      referring.map(({ position }) => position),
    );
    for (let done = 0; done < links.length; done += LINKS_AT_ONCE) {
      await this.store.remove(
        organizationId,
        await this.indexed(organizationId, links.slice(done, done + LINKS_AT_ONCE)),
      );
    }
    const gone = new Set(ids);
    return referring.flatMap(({ id }) => (gone.has(id) ? [] : [id]));
  }

  private async index(organizationId: string, links: readonly CompleteLink[]): Promise<void> {
    await this.store.add(organizationId, await this.indexed(organizationId, links));
  }

  private async indexed(organizationId: string, links: readonly CompleteLink[]): Promise<IndexedLink[]> {
    const targets = [...new Set(links.map(({ target }) => target))];
    const texts = await this.store.textsAt(organizationId, targets);
    const terms = new Map(texts.map(({ position, text }) => [position, storedTerms(text)]));
    return links.flatMap((link) => {
      const found = terms.get(link.target);
      return found ? [{ ...link, terms: found }] : [];
    });
  }
}
