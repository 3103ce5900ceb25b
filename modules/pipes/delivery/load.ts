import type { Outgoing } from '../targets/target.js';
import type { RefusedStatement } from './offer.js';
import type { Assignment } from './progress.store.js';

/** Statements that a pipe has to do with next. */
export interface Load {
  readonly kind: 'LOAD';
  readonly assignment: Assignment;
  /** What goes to the target, in the order of storage. */
  readonly outgoing: readonly Outgoing[];
  /** What a target of these settings can never take. */
  readonly unfit: readonly RefusedStatement[];
  /** Positions of dead letters whose statements are not there any more. */
  readonly gone: readonly string[];
  /** Where the pipe stands when all of them are dealt with. */
  readonly to: string;
  /** A second try at dead letters, beside the stream. */
  readonly retry: boolean;
  /** Statements that were looked at, and their size in characters. */
  readonly looked: { readonly statements: number; readonly characters: number };
}

/** Why there is nothing to do, or not now. */
export type NoLoad =
  | { readonly kind: 'OVER' }
  | { readonly kind: 'WAITING'; readonly until: Date }
  | { readonly kind: 'CAUGHT_UP' };

const FIRST_PAGE = 50;
const LARGEST_PAGE = 1_000;
const PAGE_CHARACTERS = 8 * 1024 * 1024;

/** How many statements are read at once. It follows their size, for the memory, and how many of them are wanted. */
export class PageSize {
  size = FIRST_PAGE;

  learnFrom({ looked: { statements, characters }, outgoing, assignment }: Load): void {
    if (characters > PAGE_CHARACTERS) this.size = Math.max(1, Math.floor(this.size / 2));
    else if (characters < PAGE_CHARACTERS / 4 && statements >= this.size && outgoing.length < assignment.batchLimit) {
      this.size = Math.min(this.size * 2, LARGEST_PAGE);
    }
  }
}
