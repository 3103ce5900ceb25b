/** Between the shapes of GraphQL and those of the domain. */
import { keyOfAgent } from '../../lrs/index.js';
import { agentOf, referenceOf } from '../../persons/index.js';
import type { Learner, ScenarioRun, Variables } from '../learner-record.js';
import type { RecordFilter } from '../learner-record.store.js';
import type { WantedRecords } from '../learner-records.service.js';
import type { LearnerRecordFilter } from './learner-record.graphql.js';
import type { LearnerObject } from './learner.graphql.js';
import type { ScenarioPathObject, VariableValueObject } from './record-parts.graphql.js';

export function filterOf({ learner, person, ...rest }: LearnerRecordFilter): WantedRecords {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null)) as RecordFilter;
  return {
    ...given,
    ...(learner && { learnerKeys: [keyOfAgent(agentOf(learner))] }),
    ...(person && { person: referenceOf(person) }),
  };
}

export function learnerView({ mbox_sha1sum: mboxSha1, ...rest }: Learner): LearnerObject {
  return mboxSha1 === undefined ? rest : { ...rest, mboxSha1 };
}

export function scenarioPathView({ decisions, variables, ...run }: ScenarioRun): ScenarioPathObject {
  return {
    ...(run as Omit<ScenarioPathObject, 'decisions' | 'variables'>),
    ...(variables ? { variables: valuesView(variables) } : {}),
    decisions: decisions.map(({ variablesBefore, variablesAfter, ...decision }) => ({
      ...(decision as Omit<ScenarioPathObject['decisions'][number], 'variablesBefore' | 'variablesAfter'>),
      variablesBefore: valuesView(variablesBefore),
      variablesAfter: valuesView(variablesAfter),
    })),
  };
}

const valuesView = (variables: Variables): VariableValueObject[] =>
  Object.entries(variables).map(([variableId, value]) =>
    typeof value === 'number' ? { variableId, number: value } : { variableId, boolean: value },
  );
