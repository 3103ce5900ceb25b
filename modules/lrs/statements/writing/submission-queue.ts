import type { PreparedStatement } from '../prepared-statement.js';
import type { StatementConflict } from './statement-conflict.js';
import { MOST_AT_ONCE } from './statement-insert.store.js';

/** Statements of one request, which are stored all or none. */
export interface Submission {
  readonly statements: readonly PreparedStatement[];
  resolve(conflict: StatementConflict | undefined): void;
  reject(error: unknown): void;
}

/** Submissions of one organization. */
export interface SubmissionGroup {
  readonly organizationId: string;
  readonly submissions: readonly Submission[];
}

/** Characters of a group; one statement may have more. */
const MOST_TEXT = 4_000_000;

/** Statements from which on one more in a group makes the others no cheaper. */
const LARGE = 50;

/** Submissions that wait, by organization; organizations take turns. */
export class SubmissionQueue {
  private readonly waiting = new Map<string, Submission[]>();

  add(organizationId: string, submission: Submission): void {
    const waiting = this.waiting.get(organizationId);
    if (waiting) waiting.push(submission);
    else this.waiting.set(organizationId, [submission]);
  }

  /** Whether a group that were taken now would be large. */
  get isNextLarge(): boolean {
    const [first] = this.waiting;
    let size = 0;
    return first?.[1].some(({ statements }) => (size += statements.length) >= LARGE) ?? false;
  }

  /**
   * What is to be committed together: submissions of one organization in the order in which they came, none with the id of
   * another's statement.
   */
  next(): SubmissionGroup | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const [organizationId, waiting] = first;
    const submissions = waiting.splice(0, sizeOfGroup(waiting));
    this.waiting.delete(organizationId);
    if (waiting.length > 0) this.waiting.set(organizationId, waiting);
    return { organizationId, submissions };
  }
}

function sizeOfGroup(waiting: readonly Submission[]): number {
  const ids = new Set<string>();
  let text = 0;
  for (const [size, { statements }] of waiting.entries()) {
    text += statements.reduce((sum, { row }) => sum + row.text.length, 0);
    const tooMuch = ids.size + statements.length > MOST_AT_ONCE || text > MOST_TEXT;
    if (size > 0 && (tooMuch || statements.some(({ row }) => ids.has(row.id)))) return size;
    for (const { row } of statements) ids.add(row.id);
  }
  return waiting.length;
}
