import { Injectable, Logger } from '@nestjs/common';
import { ReferenceSettling } from '../references/reference-settling.job.js';
import { StatementCompanions } from '../statement-companions.js';
import type { CompanionWork } from '../statement-companions.js';
import { StatementFeed } from '../statement-feed.js';
import { StatementConflict } from './statement-conflict.js';
import { MOST_AT_ONCE, StatementInsertStore } from './statement-insert.store.js';
import { StatementTransaction } from './statement-transaction.js';
import type { Stored } from './statement-transaction.js';
import type { Submission } from './submission-queue.js';

interface Candidate extends Submission {
  readonly work: CompanionWork | undefined;
}

/** Commits submissions together, so that each stands or falls alone. */
@Injectable()
export class StatementCommit {
  private readonly logger = new Logger(StatementCommit.name);

  constructor(
    private readonly store: StatementInsertStore,
    private readonly transaction: StatementTransaction,
    private readonly settling: ReferenceSettling,
    private readonly companions: StatementCompanions,
    private readonly feed: StatementFeed,
  ) {}

  /** Settles every submission; they are of one organization, and have no ids in common. Never fails itself. */
  async commit(organizationId: string, submissions: readonly Submission[]): Promise<void> {
    const plain: Candidate[] = [];
    const others: Candidate[] = [];
    for (const submission of submissions) {
      try {
        const work = this.companions.prepare(organizationId, submission.statements);
        const candidate = { ...submission, work };
        (isPlain(candidate) ? plain : others).push(candidate);
      } catch (error) {
        submission.reject(error);
      }
    }
    const left = await this.insert(organizationId, plain);
    await this.transact(organizationId, [...left, ...others]);
  }

  /** @returns those that need more than to be inserted */
  private async insert(organizationId: string, plain: readonly Candidate[]): Promise<readonly Candidate[]> {
    if (plain.length === 0) return [];
    const rows = plain.flatMap(({ statements }) => statements.map(({ row }) => row));
    try {
      const result = await this.store.insertPlain(organizationId, rows);
      if ('first' in result) {
        this.succeed(organizationId, plain);
        return [];
      }
      const obstacles = new Set(result.obstacles);
      const stopped = plain.filter(({ statements }) => statements.some(({ row }) => obstacles.has(row.id)));
      const free = plain.filter((candidate) => !stopped.includes(candidate));
      return [...stopped, ...(await this.insert(organizationId, free))];
    } catch {
      // Whose fault it was shows when each is on its own.
      return plain;
    }
  }

  private async transact(organizationId: string, candidates: readonly Candidate[]): Promise<void> {
    if (candidates.length === 0) return;
    try {
      const result = await this.transaction.run(organizationId, candidates);
      if (!(result instanceof StatementConflict)) return this.settle(organizationId, candidates, result);
      if (candidates.length === 1) return candidates[0]!.resolve(result);
    } catch (error) {
      if (candidates.length === 1) return candidates[0]!.reject(error);
    }
    for (const candidate of candidates) await this.transact(organizationId, [candidate]);
  }

  /** Those that refer to what is not there wait for transactions that they did not see, but hold up nobody else. */
  private settle(organizationId: string, candidates: readonly Candidate[], { added, open }: Stored): void {
    if (open.length === 0) return this.succeed(organizationId, candidates, added);
    this.settling
      .settle({ organizationId, ids: open })
      .catch((error: unknown) => this.logger.warn(`References are left to the job: ${(error as Error).message}`))
      .finally(() => this.succeed(organizationId, candidates, added));
  }

  private succeed(organizationId: string, candidates: readonly Candidate[], added = candidates.length): void {
    for (const { resolve } of candidates) resolve(undefined);
    if (added > 0) this.feed.announce(organizationId);
  }
}

const isPlain = ({ statements, work }: Candidate): boolean =>
  work === undefined && statements.length <= MOST_AT_ONCE && statements.every(({ row }) => row.targetId === undefined);
