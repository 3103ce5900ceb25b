/** Contexts of statements (Data 2.4.6; 9274.1.1 4.2.2.5). */
import type { XapiVersion } from '../version.js';
import { activity } from './activity.js';
import { actor, agent, group } from './actor.js';
import { statementRef } from './reference.js';
import type { Rule } from './report.js';
import { extensions, iri, languageTag, listOf, object, oneOf, text, uuid } from './rules.js';

/** A list of activities, or one alone as versions before 1.0 had it (Data 2.4.6.2). */
const contextActivities: Rule = (value, report) => {
  (Array.isArray(value) ? listOf(activity) : activity)(value, report);
};

const properties = {
  registration: uuid,
  instructor: actor,
  team: group,
  contextActivities: object({
    parent: contextActivities,
    grouping: contextActivities,
    category: contextActivities,
    other: contextActivities,
  }),
  revision: text,
  platform: text,
  language: languageTag,
  statement: statementRef,
  extensions,
};

/** Left out, a relation is of no particular type; an empty list would say neither. */
const relevantTypes: Rule = (value, report) => {
  listOf(iri)(value, report);
  if (Array.isArray(value) && value.length === 0) {
    report.add('NOT_ALLOWED', 'has one type or more when it is there (9274.1.1 4.2.2.5)');
  }
};

const contextAgent = object({ objectType: oneOf('contextAgent'), agent, relevantTypes }, ['objectType', 'agent']);
const contextGroup = object({ objectType: oneOf('contextGroup'), group, relevantTypes }, ['objectType', 'group']);

export const contexts: Readonly<Record<XapiVersion, Rule>> = {
  '1.0.3': object(properties),
  '2.0.0': object({ ...properties, contextAgents: listOf(contextAgent), contextGroups: listOf(contextGroup) }),
};
