import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import type { PreparedStatement } from '../statements/prepared-statement.js';
import { StatementCompanions } from '../statements/statement-companions.js';
import type { CompanionWork, StatementCompanion } from '../statements/statement-companions.js';
import { STORED_SLOT } from '../statements/writing/statement-insert.store.js';
import { mayDefine } from '../xapi-scopes.js';
import { mergeDefinitions } from '../xapi/definition-merge.js';
import { mergeObjects } from '../xapi/json-merge.js';
import { textAt } from '../xapi/json-text.js';
import { mentionsIn } from '../xapi/mentions.js';
import type { DefinitionMention, Mentions } from '../xapi/mentions.js';
import type { Statement } from '../xapi/statement.js';
import { termKey } from '../xapi/terms.js';
import { CatalogStore } from './catalog.store.js';
import type { DefinitionTexts } from './catalog.store.js';
import { KnownFacts } from './known-facts.js';

/** What statements tell of one activity or verb, the latest last. */
interface Told {
  readonly kind: DefinitionMention['kind'];
  readonly texts: string[];
  readonly facts: string[];
}

/**
 * Learns from statements, in the transaction that stores them, how activities and verbs are defined and what agents are
 * called. Statements that tell nothing new, which nearly all do, cost no query.
 */
@Injectable()
export class CatalogLearner implements StatementCompanion, OnModuleInit {
  private readonly known = new KnownFacts();

  constructor(
    private readonly companions: StatementCompanions,
    private readonly unitOfWork: UnitOfWork,
    private readonly catalog: CatalogStore,
  ) {}

  onModuleInit(): void {
    this.companions.add(this);
  }

  prepare(organizationId: string, statements: readonly PreparedStatement[]): CompanionWork | undefined {
    const nothingNew = statements.every((prepared) =>
      isEmpty(this.newsIn(organizationId, prepared, prepared.statement)),
    );
    return nothingNew ? undefined : (added) => this.learn(organizationId, added);
  }

  /** The names of the agent are no longer in the catalog. */
  forget(organizationId: string, agentKey: string): void {
    this.known.delete(subject(organizationId, agentKey));
  }

  private async learn(organizationId: string, added: readonly PreparedStatement[]): Promise<void> {
    const told = new Map<string, Told>();
    const names = new Map<string, { agentKey: string; name: string }>();
    for (const prepared of added) {
      const text = prepared.row.text.replaceAll(STORED_SLOT, '');
      const news = this.newsIn(organizationId, prepared, JSON.parse(text) as Statement);
      for (const mention of news.definitions) {
        const key = termKey(mention.kind, mention.id);
        const { texts, facts } = told.get(key) ?? setAndGet(told, key, { kind: mention.kind, texts: [], facts: [] });
        texts.push(textAt(text, mention.path));
        facts.push(factOf(mention));
      }
      for (const { identifier, name } of news.names) {
        const agentKey = termKey('agent', identifier);
        names.set(`${agentKey} ${name}`, { agentKey, name });
      }
    }
    if (told.size > 0) await this.learnDefinitions(organizationId, told);
    if (names.size > 0) await this.learnNames(organizationId, [...names.values()]);
  }

  private async learnDefinitions(organizationId: string, told: ReadonlyMap<string, Told>): Promise<void> {
    const seen = await this.catalog.definitions(organizationId, [...told.keys()]);
    const news = changes(told, seen);
    const before = news.size === 0 ? seen : await this.catalog.addOrLock(organizationId, news);
    // Others may have changed them between the two.
    const changed = changes(new Map([...told].filter(([key]) => news.has(key))), before);
    if (changed.size > 0) await this.catalog.replace(organizationId, changed);
    this.unitOfWork.afterCommit(() => {
      for (const [key, { kind, texts, facts }] of told) {
        const now = changed.get(key) ?? before.get(key) ?? seen.get(key)!;
        const holds = (text: string | undefined) => text === undefined || merge(kind, now, text) === now;
        const holding = facts.filter((_, index) => holds(texts[index]));
        this.known.add(subject(organizationId, key), holding, !holds(seen.get(key)));
      }
    });
  }

  private async learnNames(
    organizationId: string,
    names: readonly { agentKey: string; name: string }[],
  ): Promise<void> {
    await this.catalog.addNames(organizationId, names);
    this.unitOfWork.afterCommit(() => {
      for (const { agentKey, name } of names) this.known.add(subject(organizationId, agentKey), [name]);
    });
  }

  /** What the statement mentions that is not known to be in the catalog, and that its sender may put there. */
  private newsIn(organizationId: string, { sender }: PreparedStatement, statement: Statement): Mentions {
    const { definitions, names } = mentionsIn(statement);
    const isKnown = (key: string, fact: string) => this.known.has(subject(organizationId, key), fact);
    return {
      definitions: definitions.filter(
        (mention) =>
          mayDefine(sender.principal, mention.id) && !isKnown(termKey(mention.kind, mention.id), factOf(mention)),
      ),
      names: names.filter(({ identifier, name }) => !isKnown(termKey('agent', identifier), name)),
    };
  }
}

const isEmpty = ({ definitions, names }: Mentions) => definitions.length === 0 && names.length === 0;

const subject = (organizationId: string, key: string) => `${organizationId} ${key}`;

/** Characters of a definition that are remembered as they are: nearly all have less, and a hash takes longer than to compare them. */
const LONGEST_FACT = 256;

function factOf({ definition }: DefinitionMention): string {
  const text = JSON.stringify(definition);
  return text.length <= LONGEST_FACT ? text : hash('sha1', text, 'base64');
}

/** The definitions that what is told would change, as they would be. */
function changes(told: ReadonlyMap<string, Told>, known: DefinitionTexts): Map<string, string> {
  const changed = new Map<string, string>();
  for (const [key, { kind, texts }] of told) {
    const before = known.get(key);
    // One that is new is merged with itself, too: merging drops blanks, and must find nothing to drop the next time.
    const after = texts.reduce((text, sent) => merge(kind, text, sent), before ?? texts[0]!);
    if (after !== before) changed.set(key, after);
  }
  return changed;
}

const merge = (kind: DefinitionMention['kind'], known: string, sent: string): string =>
  kind === 'activity' ? mergeDefinitions(known, sent) : mergeObjects(known, sent);

function setAndGet<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): Value {
  map.set(key, value);
  return value;
}
