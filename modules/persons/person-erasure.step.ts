import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { ErasureSteps, hasTraceOf, keyOfAgent, keysOf } from '../lrs/index.js';
import type { Actor, ErasureBatch, ErasureCounts, ErasureStep, PersonToErase } from '../lrs/index.js';
import { PersonChangeStore } from './person-change.store.js';
import type { ChangeTexts } from './person-change.store.js';
import { PersonStore } from './person.store.js';

const CHANGES_AT_ONCE = 500;

/**
 * Puts pseudonyms in the place of the person's identities in persons and their history: who was one person stays one, so
 * that persons are counted as before. Reasons that somebody gave for it go.
 */
@Injectable()
export class PersonErasure implements ErasureStep, OnModuleInit {
  readonly name = 'persons';
  readonly phase = 'COPIES';

  constructor(
    private readonly steps: ErasureSteps,
    private readonly persons: PersonStore,
    private readonly changes: PersonChangeStore,
  ) {}

  onModuleInit(): void {
    this.steps.add(this);
  }

  async count(person: PersonToErase): Promise<ErasureCounts> {
    const { organizationId } = person;
    const own = new Set(keysOf(person).map(({ agent }) => agent));
    const found = await this.persons.withKeys(organizationId, [...own]);
    const personIdentities = found.flatMap(({ identities }) => identities).filter(({ key }) => own.has(key)).length;
    let personChanges = 0;
    for (let after: string | undefined; ;) {
      const page: ChangeTexts[] = await this.changes.after(organizationId, after, CHANGES_AT_ONCE);
      personChanges += page.flatMap((change) => withoutPerson(change, person) ?? []).length;
      after = page.at(-1)?.id;
      if (after === undefined) return { personIdentities, personChanges };
    }
  }

  async erase(person: PersonToErase, after: string | undefined): Promise<ErasureBatch> {
    const { organizationId } = person;
    const personIdentities = after === undefined ? await this.replaceIdentities(person) : 0;
    const page = await this.changes.after(organizationId, after, CHANGES_AT_ONCE);
    const changed = page.flatMap((change) => withoutPerson(change, person) ?? []);
    for (const change of changed) await this.changes.rewrite(organizationId, change);
    return { counts: { personIdentities, personChanges: changed.length }, next: page.at(-1)?.id };
  }

  private async replaceIdentities(person: PersonToErase): Promise<number> {
    await this.persons.lock(person.organizationId);
    let replaced = 0;
    for (const { agent, replacement, replacementAgent } of keysOf(person)) {
      const by = { actor: replacement, key: replacementAgent, implied: false };
      if (await this.persons.replaceIdentity(person.organizationId, agent, by)) replaced += 1;
    }
    return replaced;
  }
}

/** Undefined when it does not name the person. */
function withoutPerson(change: ChangeTexts, person: PersonToErase): ChangeTexts | undefined {
  const replacements = new Map(keysOf(person).map(({ agent, replacement }) => [agent, replacement]));
  const isNamed = change.identities.some((identity) => replacements.has(keyOfAgent(identity)));
  const isDoer = doersOf(change).some((doer) => replacements.has(keyOfAgent(doer)));
  const isTold = change.reason !== null && (isNamed || hasTraceOf(person, change.reason));
  if (!isNamed && !isDoer && !isTold) return undefined;
  const { user: _, ...doer } = change.doer;
  return {
    id: change.id,
    identities: change.identities.map((identity) => replacements.get(keyOfAgent(identity)) ?? identity),
    doer: isDoer ? doer : change.doer,
    reason: isTold ? null : change.reason,
  };
}

/** The agent that a token's user is, as statements name it. */
const doersOf = ({ doer: { issuer, user } }: ChangeTexts): Actor[] =>
  issuer === undefined || user === undefined ? [] : [{ account: { homePage: issuer, name: user } }];
