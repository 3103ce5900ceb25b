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

/** What the LRS knows of activities, verbs and agents (Comm 2.4, 2.5). */
@Injectable()
export class CatalogService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly catalog: CatalogStore,
    private readonly learner: CatalogLearner,
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
   * The Person with the Agent's identifier and every name that the Agent was seen with, the one that is asked with included.
   *
   * @throws AccessDenied without a scope that allows to read agents
   */
  async person(principal: Principal, agent: Actor): Promise<Person> {
    requireXapiScope(principal, 'agents', 'read');
    const { organizationId } = principal;
    const key = termKey('agent', identifierOf(agent)!);
    const known = await this.unitOfWork.read(organizationId, () => this.catalog.names(organizationId, key));
    const names = new Set([...known, ...(agent.name === undefined ? [] : [agent.name])]);
    return {
      objectType: 'Person',
      ...(names.size === 0 ? {} : { name: [...names] }),
      ...(agent.mbox === undefined ? {} : { mbox: [agent.mbox] }),
      ...(agent.mbox_sha1sum === undefined ? {} : { mbox_sha1sum: [agent.mbox_sha1sum] }),
      ...(agent.openid === undefined ? {} : { openid: [agent.openid] }),
      ...(agent.account === undefined ? {} : { account: [agent.account] }),
    };
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
