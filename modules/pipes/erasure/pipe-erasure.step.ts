import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import {
  ErasedStatements,
  ErasureSteps,
  hasTraceOf,
  keyOfAgent,
  keysOf,
  StatementHistory,
  storedAt,
} from '../../lrs/index.js';
import type {
  ErasureBatch,
  ErasureCounts,
  ErasureReceiver,
  ErasureStep,
  PersonToErase,
  Statement,
} from '../../lrs/index.js';
import { passesThrough } from '../delivery/filter.js';
import type { PipeFilter } from '../pipe.js';
import { PipeErasureStore } from './pipe-erasure.store.js';
import type { TouchedPipe } from './pipe-erasure.store.js';

const AT_ONCE = 500;
const REMOVED = 'The message was removed: it told of somebody who was erased.';

/**
 * Pipes that let through statements of the person let through those of the pseudonym; what targets have answered about these
 * statements goes. Copies that targets have got are out of reach: the certificate names the targets.
 */
@Injectable()
export class PipeErasure implements ErasureStep, OnModuleInit {
  readonly name = 'pipes';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly store: PipeErasureStore,
    private readonly statements: ErasedStatements,
    private readonly history: StatementHistory,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const pipes = await this.store.all(person.organizationId);
    return { pipeFilters: pipes.filter(({ filter }) => withPseudonyms(filter, person) !== filter).length };
  }

  /** First the settings, then answers about the person's statements, then the texts of all others. */
  async erase(person: PersonToErase, after = 'settings'): Promise<ErasureBatch> {
    const [part, ...place] = after.split(' ');
    if (part === 'settings') return { counts: await this.eraseSettings(person), next: 'statements' };
    return part === 'statements' ? this.eraseAnswersTo(person, place[0]) : this.eraseAnswers(person, place);
  }

  async receivers(person: PersonToErase): Promise<ErasureReceiver[]> {
    const { organizationId } = person;
    const pipes = (await this.store.all(organizationId)).filter(({ delivered }) => delivered > 0);
    const counts: Passing = new Map(pipes.map((pipe) => [pipe, { passing: 0, behind: 0 }]));
    for (let after: string | undefined; pipes.length > 0;) {
      const page: { position: string }[] = await this.statements.page(person, after, AT_ONCE);
      after = page.at(-1)?.position;
      if (after === undefined) break;
      await this.countPassing(
        organizationId,
        page.map(({ position }) => position),
        counts,
      );
    }
    return [...counts].flatMap(([{ name, target }, { passing, behind }]) =>
      passing === 0 ? [] : [{ name, host: new URL(target.endpoint).host, statements: behind }],
    );
  }

  /** What the target would not take it has not got. */
  private async countPassing(organizationId: string, positions: readonly string[], counts: Passing): Promise<void> {
    const dead = new Set((await this.store.deadLetters(organizationId, positions)).map(nameOf));
    for (const { position, text } of await this.history.at(organizationId, positions)) {
      const statement = JSON.parse(text) as Statement;
      for (const [pipe, count] of counts) {
        if (!dead.has(nameOf({ pipeId: pipe.id, position }))) note(pipe, count, statement, position);
      }
    }
  }

  private async eraseSettings(person: PersonToErase): Promise<ErasureCounts> {
    const { organizationId } = person;
    await this.store.lockProgress(organizationId);
    let pipeFilters = 0;
    for (const { id, filter } of await this.store.all(organizationId)) {
      const changed = withPseudonyms(filter, person);
      if (changed === filter) continue;
      await this.store.setFilter(organizationId, id, changed);
      pipeFilters += 1;
    }
    const errors = await this.store.errors(organizationId);
    const told = errors.filter(({ error }) => hasTraceOf(person, error)).map(({ pipeId }) => pipeId);
    await this.store.setError(organizationId, told, REMOVED);
    return { pipeFilters };
  }

  private async eraseAnswersTo(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const page = await this.statements.page(person, after, AT_ONCE);
    const last = page.at(-1);
    if (!last) return { counts: {}, next: 'answers' };
    const positions = page.map(({ position }) => position);
    const letters = (await this.store.deadLetters(person.organizationId, positions)).filter(
      ({ answer }) => answer !== '',
    );
    await this.store.clearAnswers(person.organizationId, letters);
    return { counts: { deadLetters: letters.length }, next: `statements ${last.position}` };
  }

  private async eraseAnswers(person: PersonToErase, [pipeId, position]: readonly string[]): Promise<ErasureBatch> {
    const { organizationId } = person;
    const after = pipeId === undefined ? undefined : { pipeId, position: position! };
    const page = await this.store.answers(organizationId, after, AT_ONCE);
    const told = page.filter(({ answer }) => hasTraceOf(person, answer));
    await this.store.clearAnswers(organizationId, told);
    const last = page.at(-1);
    return { counts: { deadLetters: told.length }, next: last && `answers ${last.pipeId} ${last.position}` };
  }
}

/** How many statements of the person each pipe lets through, and how many of them lie before where it stands. */
type Passing = ReadonlyMap<TouchedPipe, { passing: number; behind: number }>;

const nameOf = ({ pipeId, position }: { pipeId: string; position: string }): string => `${pipeId} ${position}`;

/** A pipe that was set back may have delivered what it is to deliver again. */
function note(
  { filter, position: reached }: TouchedPipe,
  count: { passing: number; behind: number },
  statement: Statement,
  position: string,
): void {
  if (!passesThrough(filter)(statement, storedAt(position))) return;
  count.passing += 1;
  if (BigInt(position) <= BigInt(reached)) count.behind += 1;
}

/** The same filter when it does not name the person. */
function withPseudonyms(filter: PipeFilter, person: PersonToErase): PipeFilter {
  const replacements = new Map(keysOf(person).map(({ agent, replacement }) => [agent, replacement]));
  const agents = filter.agents?.map((pattern) => {
    const agent = replacements.get(keyOfAgent(pattern.agent));
    return agent ? { ...pattern, agent } : pattern;
  });
  return agents?.some((pattern, index) => pattern !== filter.agents![index]) ? { ...filter, agents } : filter;
}
