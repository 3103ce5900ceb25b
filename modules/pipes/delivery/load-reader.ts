import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory } from '../../lrs/index.js';
import type { Outgoing } from '../targets/target.js';
import { Targets } from '../targets/targets.js';
import { DeadLetterStore } from './dead-letter.store.js';
import type { Load, NoLoad } from './load.js';
import { outgoingFrom, select } from './selection.js';
import { ProgressStore } from './progress.store.js';
import type { Assignment } from './progress.store.js';

/** Bytes of the statements of a request, unless one alone has more. */
const REQUEST_BYTES = 4 * 1024 * 1024;

/** Reads what a pipe has to do next. */
@Injectable()
export class LoadReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly history: StatementHistory,
    private readonly progress: ProgressStore,
    private readonly deadLetters: DeadLetterStore,
    private readonly targets: Targets,
  ) {}

  /** @param pageSize how many statements are looked at */
  next(organizationId: string, pipeId: string, pageSize: number): Promise<Load | NoLoad> {
    return this.unitOfWork.read(organizationId, async () => {
      const assignment = await this.progress.assignment(organizationId, pipeId);
      if (!assignment || assignment.paused) return { kind: 'OVER' };
      const { nextAttemptAt } = assignment;
      if (nextAttemptAt && nextAttemptAt > new Date()) return { kind: 'WAITING', until: nextAttemptAt };
      return (
        (await this.secondTries(organizationId, assignment)) ??
        (await this.news(organizationId, assignment, pageSize)) ?? { kind: 'CAUGHT_UP' }
      );
    });
  }

  private async secondTries(organizationId: string, assignment: Assignment): Promise<Load | undefined> {
    const { pipeId, batchLimit, position } = assignment;
    const positions = await this.deadLetters.toRetry(organizationId, pipeId, batchLimit);
    if (positions.length === 0) return undefined;
    const found = (await this.history.at(organizationId, positions)).map(outgoingFrom);
    const there = new Set(found.map((outgoing) => outgoing.position));
    const gone = positions.filter((each) => !there.has(each));
    return this.load(assignment, found, { to: position, gone, retry: true, looked: sizeOf(found) });
  }

  /** The end is asked for first: the statements are then read from a later snapshot, and none is passed over. */
  private async news(organizationId: string, assignment: Assignment, pageSize: number): Promise<Load | undefined> {
    const before = await this.history.completeBefore(organizationId);
    const page = await this.history.page(organizationId, assignment.position, before, pageSize);
    if (page.length === 0) return undefined;
    const wanted = await select(assignment.filter, page, {
      withIds: (ids) => this.history.withIds(organizationId, ids),
      at: (positions) => this.history.at(organizationId, positions),
    });
    return this.load(assignment, wanted, {
      to: page.at(-1)!.position,
      gone: [],
      retry: false,
      looked: sizeOf(page),
    });
  }

  /** As many of them as one request holds; the others are read again later. */
  private load(
    assignment: Assignment,
    wanted: readonly Outgoing[],
    rest: Pick<Load, 'to' | 'gone' | 'retry' | 'looked'>,
  ): Load {
    const target = this.targets.of(assignment.target);
    const load = { kind: 'LOAD' as const, assignment, ...rest };
    const outgoing: Outgoing[] = [];
    const unfit: Load['unfit'][number][] = [];
    let bytes = 0;
    for (const [index, each] of wanted.entries()) {
      const refusal = target.unfit(each.statement, assignment.target);
      bytes += target.sizeOf(each);
      if (refusal) unfit.push({ outgoing: each, refusal });
      else if (outgoing.length > 0 && (outgoing.length >= assignment.batchLimit || bytes > REQUEST_BYTES)) {
        const last = wanted[index - 1]!.position;
        return { ...load, outgoing, unfit, to: rest.retry ? rest.to : latest(assignment.position, last) };
      } else outgoing.push(each);
    }
    return { ...load, outgoing, unfit };
  }
}

const sizeOf = (statements: readonly { readonly text: string }[]): Load['looked'] => ({
  statements: statements.length,
  characters: statements.reduce((sum, { text }) => sum + text.length, 0),
});

/** The later of two positions. */
export const latest = (one: string, other: string): string => (BigInt(one) > BigInt(other) ? one : other);
