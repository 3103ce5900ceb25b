import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps, keysOf, StatementHistory } from '../../lrs/index.js';
import type { ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../../lrs/index.js';
import type { ContextPart } from '../fact.js';
import { Dictionary } from '../projection/dictionary.js';
import type { Term } from '../projection/dictionary.js';
import { FactsStore } from '../projection/facts.store.js';
import type { FactCursor } from '../projection/facts.store.js';
import { actorSketch, contextKey, sketchOf, sortedParts } from '../projection/sketch.js';
import { wordsOf } from '../words.js';
import { FactErasureStore } from './fact-erasure.store.js';

/**
 * Puts the pseudonyms in the place of the person in the facts of statements, one for one, so that every number about many
 * statements stays what it was, and is what a rebuild would come to. Statements are rewritten by then, and whoever projects
 * them waits for the cursor: no fact of before appears afterwards.
 */
@Injectable()
export class FactErasure implements ErasureStep, OnModuleInit {
  readonly name = 'facts';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly facts: FactsStore,
    private readonly store: FactErasureStore,
    private readonly history: StatementHistory,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const { organizationId, before } = person;
    const terms = await this.termsOf(person);
    const ids = terms.map(({ id }) => id);
    return { facts: ids.length === 0 ? 0 : await this.store.count(organizationId, ids, before) };
  }

  /** First the actors; then one context after the other, by number; at the end the terms themselves. */
  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId, before } = person;
    const cursor = await this.facts.lockCursor(organizationId);
    const terms = await this.termsOf(person);
    if (terms.length === 0) return { counts: {}, next: undefined };
    if (after === undefined) return { counts: { facts: await this.replaceActors(person, terms, cursor) }, next: '0' };
    const ids = terms.map(({ id }) => id);
    const next = await this.store.nextContext(organizationId, ids, Number(after), before);
    if (next) {
      const facts = next.position === null ? 0 : await this.replaceContext(person, next.context, next.position, cursor);
      await this.store.forgetUnused(organizationId, await this.store.forgetContext(organizationId, next.context));
      return { counts: { facts }, next: String(next.context) };
    }
    for (const term of terms) await this.forget(organizationId, term);
    return { counts: {}, next: undefined };
  }

  private termsOf(person: PersonToErase): Promise<Term[]> {
    return this.facts.terms(
      person.organizationId,
      keysOf(person).map(({ agent }) => agent),
    );
  }

  private async replaceActors(person: PersonToErase, terms: readonly Term[], cursor: FactCursor): Promise<number> {
    const { organizationId, before, content } = person;
    const keys = keysOf(person);
    const known = await this.facts.terms(
      organizationId,
      keys.map(({ replacementAgent }) => replacementAgent),
    );
    const dictionary = new Dictionary(known, cursor.lastTerm);
    const actors = terms.flatMap(({ id, key, value }) => {
      const { replacement } = keys.find(({ agent }) => agent === key)!;
      if (value === undefined) return [];
      const { objectType } = JSON.parse(value) as { objectType?: 'Group' };
      const sketch = actorSketch({ ...(objectType && { objectType }), ...replacement })!;
      dictionary.learn(sketch);
      return [{ from: id, to: dictionary.idOf(sketch.key) }];
    });
    await this.write(organizationId, dictionary, cursor);
    let count = 0;
    for (const { from, to } of actors) {
      const gone = content === 'REMOVE' ? await this.store.responsesOf(organizationId, from, before) : [];
      const keepResponses = content === 'KEEP';
      count += await this.store.replaceActor(organizationId, { from, to, before, keepResponses });
      await this.store.forgetUnused(organizationId, [], gone);
    }
    return count;
  }

  private async replaceContext(
    person: PersonToErase,
    context: number,
    position: string,
    cursor: FactCursor,
  ): Promise<number> {
    const { organizationId, before } = person;
    const parts = await this.partsInstead(person, context, position);
    const key = contextKey(parts);
    const keys = [key, ...parts.map((part) => part.key)];
    const dictionary = new Dictionary(await this.facts.terms(organizationId, keys), cursor.lastTerm);
    const isNew = !dictionary.has(key);
    const to = dictionary.idOf(key);
    const rows = parts.map((part) => ({ context: to, role: part.role, term: dictionary.idOf(part.key) }));
    await this.write(organizationId, dictionary, cursor);
    if (isNew) await this.facts.addContexts(organizationId, rows);
    return this.store.replaceContext(organizationId, context, to, before);
  }

  /** Those of the rewritten statement. Where it is gone with its year, the person's keys are replaced one by one. */
  private async partsInstead(
    person: PersonToErase,
    context: number,
    position: string,
  ): Promise<readonly ContextPart[]> {
    const { organizationId } = person;
    const [statement] = await this.history.at(organizationId, [position]);
    const sketched = statement && sketchOf(statement).fact.context?.parts;
    if (sketched) return sketched;
    const instead = new Map(
      keysOf(person).flatMap(({ agent, replacementAgent, authority, replacementAuthority }) => [
        [agent, replacementAgent],
        [authority, replacementAuthority],
      ]),
    );
    const parts = await this.store.partsOf(organizationId, context);
    return sortedParts(parts.map(({ role, key }) => ({ role, key: instead.get(key) ?? key })));
  }

  private async write(organizationId: string, dictionary: Dictionary, { position }: FactCursor): Promise<void> {
    await this.facts.addTerms(organizationId, dictionary.toAdd);
    await this.facts.moveCursor(organizationId, { position, lastTerm: dictionary.lastId });
  }

  /** A term that later statements name stays, and tells what they tell. */
  private async forget(organizationId: string, term: Term): Promise<void> {
    const position = await this.store.latestOf(organizationId, term.id);
    const [statement] = position === undefined ? [] : await this.history.at(organizationId, [position]);
    const told = statement && sketchOf(statement).terms.find(({ key }) => key === term.key);
    const names = told?.names ?? {};
    const words = wordsOf([...(told?.texts ?? []), ...Object.values(names)]);
    await this.facts.changeTerms(organizationId, [{ ...term, value: told?.value, names, words }]);
    await this.store.forgetUnused(organizationId, [], [term.id]);
  }
}
