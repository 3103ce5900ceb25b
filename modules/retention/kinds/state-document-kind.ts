import { Injectable } from '@nestjs/common';
import { keyOfAgent, StateRemovalStore, termKey } from '../../lrs/index.js';
import type { StateFilter, StateSelection } from '../../lrs/index.js';
import { agentOf } from '../../persons/index.js';
import { cutoffOf } from '../rules/retention-rule.js';
import type { RuleSettings } from '../rules/retention-rule.js';
import type { Plan, Preview, Removal, RetentionKind } from './retention-kind.js';

/** Documents that are looked at in one transaction. */
const AT_ONCE = 1_000;

/** State documents; their age counts from their last change. */
@Injectable()
export class StateDocumentKind implements RetentionKind {
  constructor(private readonly documents: StateRemovalStore) {}

  catchUp(): Promise<void> {
    return Promise.resolve();
  }

  async preview(organizationId: string, plan: Plan): Promise<Preview> {
    const summary = await this.documents.summary(organizationId, selectionOf(plan));
    return { ...summary, ...OF_STATEMENTS_ONLY };
  }

  async count(organizationId: string, plan: Plan): Promise<number> {
    return (await this.documents.summary(organizationId, selectionOf(plan))).count;
  }

  waitsFor(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  removeSome(organizationId: string, plan: Plan, after: string | undefined): Promise<Removal> {
    return this.documents.removeSome(organizationId, selectionOf(plan), after, AT_ONCE);
  }
}

const OF_STATEMENTS_ONLY = {
  verbs: [],
  attachments: { count: 0, bytes: 0 },
  statementIds: [],
  waiting: 0,
  waitsFor: [],
} satisfies Partial<Preview>;

function selectionOf({ rule, keeping, asOf }: Plan): StateSelection {
  return {
    filter: rule.action === 'KEEP' ? keptBy(rule, asOf) : { ...named(rule), changedBefore: cutoffOf(rule, asOf) },
    except: keeping.map((other) => keptBy(other, asOf)),
  };
}

const keptBy = (rule: RuleSettings, asOf: Date): StateFilter => ({
  ...named(rule),
  changedSince: cutoffOf(rule, asOf),
});

function named({ filter: { activities, agents, registrations, registered } }: RuleSettings): StateFilter {
  return {
    activityKeys: activities?.map((id) => termKey('activity', id)),
    agentKeys: agents?.map((agent) => keyOfAgent(agentOf(agent))),
    registrations,
    registered,
  };
}
