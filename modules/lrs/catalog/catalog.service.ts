import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { requireXapiScope } from '../xapi-scopes.js';
import { identifierOf } from '../xapi/identity.js';
import type { KnownDefinitions } from '../xapi/formatting.js';
import type { Actor } from '../xapi/statement.js';
import { termKey } from '../xapi/terms.js';
import { CatalogLearner } from './catalog-learner.js';
import { CatalogStore } from './catalog.store.js';
import { PersonDirectory } from './person-directory.js';

/** What the LRS knows of activities, verbs and agents (Comm 2.4, 2.5). */
@Injectable()
export class CatalogService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalog: CatalogStore,
    private readonly learner: CatalogLearner,
    private readonly persons: PersonDirectory,
  ) {}

  /**
   * The Activity with all that is known of it, as JSON; of an unknown one that is the id.
   *
   * @throws AccessDenied without a scope that allows to read activities
   */
  async activity(principal: Principal, id: string): Promise<string> {
    requireXapiScope(principal, 'activities', 'read');
    const { organizationId } = principal;
    const key = termKey('activity', id);
    const texts = await this.unitOfWork.read(organizationId, () => this.catalog.definitions(organizationId, [key]));
    const definition = texts.get(key);
    return `{"objectType":"Activity","id":${JSON.stringify(id)}${definition === undefined ? '' : `,"definition":${definition}`}}`;
  }

  /**
   * The Person that the Agent is: every identifier that is known to be the same person's, and every name that they were seen
   * with; the Agent that is asked with is included.
   *
   * @throws AccessDenied without a scope that allows to read agents
   */
  async person(principal: Principal, agent: Actor): Promise<Person> {
    requireXapiScope(principal, 'agents', 'read');
    const { organizationId } = principal;
    return this.unitOfWork.read(organizationId, async () => {
      const { identities, keys } = await this.persons.personOf(organizationId, keyOf(agent));
      const known = await this.catalog.names(organizationId, [...new Set([keyOf(agent), ...keys])]);
      return personOf([agent, ...identities.filter((identity) => keyOf(identity) !== keyOf(agent))], known);
    });
  }

  /** For other modules: every name that one of the agents was seen with. */
  namesOf(organizationId: string, agentKeys: readonly string[]): Promise<string[]> {
    return this.unitOfWork.read(organizationId, () => this.catalog.names(organizationId, agentKeys));
  }

  /** For other modules: the names that each of the agents was seen with, all by one query. */
  async namesByAgent(organizationId: string, agentKeys: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.unitOfWork.read(organizationId, () => this.catalog.agentNames(organizationId, agentKeys));
    const names = new Map<string, string[]>();
    for (const { agentKey, name } of rows) names.set(agentKey, [...(names.get(agentKey) ?? []), name]);
    return names;
  }

  /** For other modules: what is known of these activities and verbs, all by one query. */
  async definitionsOf(
    organizationId: string,
    { activities, verbs }: { activities: ReadonlySet<string>; verbs: ReadonlySet<string> },
  ): Promise<KnownDefinitions> {
    const keys = [
      ...[...activities].map((id) => termKey('activity', id)),
      ...[...verbs].map((id) => termKey('verb', id)),
    ];
    const texts = await this.unitOfWork.read(organizationId, () => this.catalog.definitions(organizationId, keys));
    return {
      definitionOf: (id) => texts.get(termKey('activity', id)),
      displayOf: (id) => texts.get(termKey('verb', id)),
    };
  }

  /** For other modules: forgets what a person is called. @returns how many names there were */
  forgetAgent(organizationId: string, agentKey: string): Promise<number> {
    return this.unitOfWork.run(organizationId, () => {
      this.unitOfWork.afterCommit(() => this.learner.forget(organizationId, agentKey));
      return this.catalog.deleteNames(organizationId, agentKey);
    });
  }
}

/** Comm 2.4: like an Agent, with lists. */
export interface Person {
  readonly objectType: 'Person';
  readonly name?: readonly string[];
  readonly mbox?: readonly string[];
  readonly mbox_sha1sum?: readonly string[];
  readonly openid?: readonly string[];
  readonly account?: readonly NonNullable<Actor['account']>[];
}

const keyOf = (agent: Actor): string => termKey('agent', identifierOf(agent)!);

/** @param agents the one that is asked with first */
function personOf(agents: readonly Actor[], known: readonly string[]): Person {
  const [{ name: asked }] = agents as [Actor];
  const lists = {
    name: [...new Set([...known, ...(asked === undefined ? [] : [asked])])],
    mbox: agents.flatMap(({ mbox }) => mbox ?? []),
    mbox_sha1sum: agents.flatMap(({ mbox_sha1sum }) => mbox_sha1sum ?? []),
    openid: agents.flatMap(({ openid }) => openid ?? []),
    account: agents.flatMap(({ account }) => account ?? []),
  };
  const given = Object.entries(lists).filter(([, values]) => values.length > 0);
  return { objectType: 'Person', ...Object.fromEntries(given) };
}
