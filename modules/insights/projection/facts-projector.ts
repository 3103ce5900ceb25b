import { Injectable } from '@nestjs/common';
import { Notifications } from '../../../src/platform/database/notifications.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { StatementHistory, StatementProjector } from '../../lrs/index.js';
import type { FactSketch, StatementSketch } from '../fact.js';
import { factsTopic } from './facts-topic.js';
import { Dictionary } from './dictionary.js';
import { FactsStore } from './facts.store.js';
import type { ContextRow, FactRow } from './facts.store.js';
import { sketchOf } from './sketch.js';

/** Statements of one transaction: enough to be quick, few enough to keep it short. */
const STATEMENTS_A_STEP = 1_000;

/**
 * Keeps facts up to date with statements, which it takes in the order of storage. What is read during a rebuild tells how
 * far the facts go.
 */
@Injectable()
export class FactsProjector extends StatementProjector {
  constructor(
    unitOfWork: UnitOfWork,
    history: StatementHistory,
    private readonly store: FactsStore,
    private readonly notifications: Notifications,
  ) {
    super(unitOfWork, history, store);
  }

  protected override async step(organizationId: string): Promise<boolean> {
    const { position, lastTerm } = await this.store.lockCursor(organizationId);
    const before = await this.history.completeBefore(organizationId);
    const statements = await this.history.page(organizationId, position, before, STATEMENTS_A_STEP);
    const last = statements.at(-1);
    if (!last) return false;
    const sketches = statements.map(sketchOf);
    const dictionary = new Dictionary(await this.store.terms(organizationId, keysOf(sketches)), lastTerm);
    const contexts: ContextRow[] = [];
    const facts = sketches.map(({ fact, terms }) => {
      for (const term of terms) dictionary.learn(term);
      contexts.push(...newContext(fact, dictionary));
      return rowOf(fact, dictionary);
    });
    await this.store.addTerms(organizationId, dictionary.toAdd);
    await this.store.changeTerms(organizationId, dictionary.toChange);
    await this.store.addContexts(organizationId, contexts);
    await this.store.addFacts(organizationId, facts);
    await this.void(
      organizationId,
      sketches.flatMap(({ voids }) => voids ?? []),
    );
    await this.store.moveCursor(organizationId, { position: last.position, lastTerm: dictionary.lastId });
    await this.notifications.publish(factsTopic(organizationId));
    return statements.length === STATEMENTS_A_STEP;
  }

  /** Statements that were voided later than they were stored; those that come later know that they are voided. */
  private async void(organizationId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const voided = (await this.history.withIds(organizationId, ids)).filter(({ voidedAt }) => voidedAt !== null);
    await this.store.markVoided(
      organizationId,
      voided.map(({ position }) => position),
    );
  }
}

function keysOf(sketches: readonly StatementSketch[]): string[] {
  const keys = sketches.flatMap(({ fact: { context }, terms }) => [
    ...terms.map(({ key }) => key),
    ...(context ? [context.key, ...context.parts.map(({ key }) => key)] : []),
  ]);
  return [...new Set(keys)];
}

/** What a context consists of, when no statement before had it. */
function newContext({ context }: FactSketch, dictionary: Dictionary): ContextRow[] {
  if (!context || dictionary.has(context.key)) return [];
  const id = dictionary.idOf(context.key);
  return context.parts.map(({ role, key }) => ({ context: id, role, term: dictionary.idOf(key) }));
}

function rowOf(fact: FactSketch, dictionary: Dictionary): FactRow {
  const id = (key: string | undefined) => (key === undefined ? undefined : dictionary.idOf(key));
  const { position, scaled, raw, success, completion, voided } = fact;
  return {
    position,
    happened: fact.happenedAt,
    scaled,
    raw,
    duration: fact.durationMs,
    actor: id(fact.actor),
    verb: dictionary.idOf(fact.verb),
    activity: id(fact.activity),
    type: fact.activity === undefined ? undefined : dictionary.typeOf(fact.activity),
    registration: id(fact.registration),
    response: id(fact.response),
    context: id(fact.context?.key),
    success,
    completion,
    voided,
  };
}
