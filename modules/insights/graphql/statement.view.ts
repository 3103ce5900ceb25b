/** Statements in the shape of GraphQL. */
import {
  contextActivitiesOf,
  isActivity,
  isActor,
  isStatementRef,
  parseDuration,
  parseTimestamp,
  storedAt,
} from '../../lrs/index.js';
import type { Context, RecordedStatement, Statement, StatementBody } from '../../lrs/index.js';
import { agentView } from '../../persons/index.js';
import { withExtensionTexts } from './extension-texts.js';
import { activityView, extensionsView, languageTexts, verbView } from './terms.view.js';
import type {
  AttachmentObject,
  ContextObject,
  ResultObject,
  ScoreObject,
  ShownObject,
  StatementObject,
  SubStatementObject,
} from './statement.graphql.js';

/** Parts are made when they are selected. */
export function statementView({ position, text, voidedAt }: RecordedStatement): StatementObject {
  const statement = withExtensionTexts(text);
  const { verb, result, context } = statement;
  return {
    id: statement.id!.toLowerCase(),
    get actor() {
      return agentView(statement.actor);
    },
    get verb() {
      return verbView(verb.id, verb.display);
    },
    get object() {
      return objectView(statement.object);
    },
    get result() {
      return result && resultView(result);
    },
    get context() {
      return context && contextView(context);
    },
    get authority() {
      return agentView(statement.authority!);
    },
    get attachments() {
      return (statement.attachments ?? []).map(attachmentView);
    },
    timestamp: new Date(parseTimestamp(statement.timestamp!)!),
    stored: new Date(storedAt(position)),
    version: statement.version!,
    voided: voidedAt !== null,
    json: text,
  };
}

type Body = StatementBody<unknown>;

function bodyView({ actor, verb, result, context }: Body): Omit<SubStatementObject, 'object' | 'timestamp'> {
  return {
    actor: agentView(actor),
    verb: verbView(verb.id, verb.display),
    result: result && resultView(result),
    context: context && contextView(context),
  };
}

function objectView(object: Statement['object']): ShownObject {
  if (isActivity(object)) return { __typename: 'Activity', ...activityView(object) };
  if (isActor(object)) return { __typename: 'Agent', ...agentView(object) };
  if (isStatementRef(object)) return { __typename: 'StatementReference', id: object.id };
  const { timestamp } = object;
  return {
    __typename: 'SubStatement',
    ...bodyView(object),
    object: objectView(object.object),
    timestamp: timestamp === undefined ? undefined : new Date(parseTimestamp(timestamp)!),
  };
}

function resultView({ score, duration, extensions, ...result }: NonNullable<Body['result']>): ResultObject {
  return {
    ...result,
    score: score && finiteOnly(score),
    duration,
    seconds: duration === undefined ? undefined : parseDuration(duration),
    extensions: extensionsView(extensions),
  };
}

/** GraphQL has no number beyond doubles; `json` has it as it was sent. */
const finiteOnly = (score: ScoreObject): ScoreObject =>
  Object.fromEntries(Object.entries(score).filter(([, value]) => Number.isFinite(value)));

function contextView(context: Context): ContextObject {
  const { registration, instructor, team, revision, platform, language, statement, extensions } = context;
  return {
    registration,
    instructor: instructor && agentView(instructor),
    team: team && agentView(team),
    parents: contextActivitiesOf(context, 'parent').map(activityView),
    groupings: contextActivitiesOf(context, 'grouping').map(activityView),
    categories: contextActivitiesOf(context, 'category').map(activityView),
    others: contextActivitiesOf(context, 'other').map(activityView),
    revision,
    platform,
    language,
    statementId: statement?.id,
    extensions: extensionsView(extensions),
  };
}

function attachmentView({
  display,
  description,
  ...attachment
}: NonNullable<Body['attachments']>[number]): AttachmentObject {
  return { ...attachment, displays: languageTexts(display), descriptions: languageTexts(description) };
}
