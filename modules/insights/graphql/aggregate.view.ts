/** Between the shapes of GraphQL and those of the domain. */
import type { Actor } from '../../lrs/index.js';
import type { Aggregate, AggregateQuestion, Dimension, Group, GroupKey, Label, Span } from '../aggregates/aggregate.js';
import { groupsOf } from './aggregate.graphql.js';
import type { StatementAggregateArgs, StatementAggregateObject, StatementGroupObject } from './aggregate.graphql.js';
import { filterOf } from './filter.view.js';
import { agentView } from '../../persons/index.js';
import type { AgentObject } from '../../persons/index.js';
import { activityView, verbView } from './terms.view.js';
import type { ActivityObject } from './terms.graphql.js';

/** @param selected names of the fields that the answer must have */
export function questionOf(args: StatementAggregateArgs, selected: ReadonlySet<string>): AggregateQuestion {
  const bounds = (name: string, given: number[] | null | undefined) => (selected.has(name) && given) || undefined;
  return {
    filter: filterOf(args.filter),
    groupBy: args.groupBy ?? [],
    timeZone: args.timeZone ?? 'UTC',
    first: groupsOf(args),
    total: selected.has('total'),
    others: selected.has('others'),
    scaled: selected.has('scaled'),
    successRate: selected.has('successRate'),
    averageSeconds: selected.has('averageSeconds'),
    distinctActors: selected.has('distinctActors'),
    distinctPersons: selected.has('distinctPersons'),
    distinctActivities: selected.has('distinctActivities'),
    median: selected.has('median'),
    scaledBounds: bounds('scaledHistogram', args.scaledBounds),
    secondsBounds: bounds('secondsHistogram', args.secondsBounds),
  };
}

export const aggregateView = ({ groups, ...rest }: Aggregate): StatementAggregateObject => ({
  ...rest,
  groups: groups.map(groupView),
});

const groupView = ({ keys, measures }: Group): StatementGroupObject =>
  Object.assign(
    {},
    measures,
    ...Object.entries(keys).map(([dimension, key]) => VIEWS[dimension as Dimension](key)),
  ) as StatementGroupObject;

type KeyView = (key: GroupKey) => Partial<StatementGroupObject>;

/** A view of a key that is a label. */
const labelled =
  (view: (label: Label) => Partial<StatementGroupObject>): KeyView =>
  (key) =>
    key === null ? {} : view(key as Label);

const spanView: KeyView = (key) => ({ ...(key as Span) });

const VIEWS: Readonly<Record<Dimension, KeyView>> = {
  VERB: labelled(({ value, names }) => ({ verb: verbView(value, names) })),
  ACTIVITY: labelled((label) => ({ activity: activityOf(label) })),
  ACTIVITY_TYPE: labelled(({ value }) => ({ activityType: value })),
  ACTOR: labelled((label) => ({ actor: agentOf(label) })),
  PERSON: labelled((label) => ({ person: agentOf(label) })),
  PARENT: labelled((label) => ({ parent: activityOf(label) })),
  REGISTRATION: labelled(({ value }) => ({ registration: value })),
  RESPONSE: labelled(({ value }) => ({ response: value })),
  SUCCESS: (key) => (key === null ? {} : { success: key as boolean }),
  COMPLETION: (key) => (key === null ? {} : { completion: key as boolean }),
  DAY: spanView,
  WEEK: spanView,
  MONTH: spanView,
};

const activityOf = ({ value, names, descriptions, type }: Label): ActivityObject =>
  activityView({
    id: value,
    definition: { name: names, description: descriptions, ...(type !== undefined && { type }) },
  });

const agentOf = ({ value, names }: Label): AgentObject =>
  agentView({ ...(JSON.parse(value) as Actor), ...nameOf(names) });

function nameOf(names: Label['names']): { name?: string } {
  const [name] = Object.values(names);
  return name === undefined ? {} : { name };
}
