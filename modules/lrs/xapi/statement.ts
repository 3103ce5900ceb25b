/** What a valid statement looks like (xAPI 1.0.3 Data 2.4; 9274.1.1 4.2.2). */

/** The one verb that xAPI itself defines (Data 2.3.2). */
export const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

export type LanguageMap = Readonly<Record<string, string>>;
export type Extensions = Readonly<Record<string, unknown>>;

interface Account {
  readonly homePage: string;
  readonly name: string;
}

/** An Agent or a Group. An Agent and an identified Group have exactly one of the four identifiers (Data 2.4.2). */
export interface Actor {
  readonly objectType?: 'Agent' | 'Group';
  readonly name?: string;
  readonly mbox?: string;
  readonly mbox_sha1sum?: string;
  readonly openid?: string;
  readonly account?: Account;
  readonly member?: readonly Actor[];
}

export interface Verb {
  readonly id: string;
  readonly display?: LanguageMap;
}

export interface InteractionComponent {
  readonly id: string;
  readonly description?: LanguageMap;
}

export interface ActivityDefinition {
  readonly name?: LanguageMap;
  readonly description?: LanguageMap;
  readonly type?: string;
  readonly moreInfo?: string;
  readonly interactionType?: string;
  readonly correctResponsesPattern?: readonly string[];
  readonly choices?: readonly InteractionComponent[];
  readonly scale?: readonly InteractionComponent[];
  readonly source?: readonly InteractionComponent[];
  readonly target?: readonly InteractionComponent[];
  readonly steps?: readonly InteractionComponent[];
  readonly extensions?: Extensions;
}

export interface Activity {
  readonly objectType?: 'Activity';
  readonly id: string;
  readonly definition?: ActivityDefinition;
}

export interface StatementRef {
  readonly objectType: 'StatementRef';
  readonly id: string;
}

interface Score {
  readonly scaled?: number;
  readonly raw?: number;
  readonly min?: number;
  readonly max?: number;
}

export interface Result {
  readonly score?: Score;
  readonly success?: boolean;
  readonly completion?: boolean;
  readonly response?: string;
  readonly duration?: string;
  readonly extensions?: Extensions;
}

/** A relation to somebody that the statement gives types, if it does (9274.1.1 4.2.2.5). */
interface Relation {
  readonly relevantTypes?: readonly string[];
}

export interface ContextAgent extends Relation {
  readonly objectType: 'contextAgent';
  readonly agent: Actor;
}

export interface ContextGroup extends Relation {
  readonly objectType: 'contextGroup';
  readonly group: Actor;
}

export type ContextActivityKind = 'parent' | 'grouping' | 'category' | 'other';

export interface Context {
  readonly registration?: string;
  readonly instructor?: Actor;
  readonly team?: Actor;
  /** A single activity is how versions before 1.0 wrote a list of one; it is stored as a list (Data 2.4.6.2). */
  readonly contextActivities?: Readonly<Partial<Record<ContextActivityKind, Activity | readonly Activity[]>>>;
  /** Since 2.0. */
  readonly contextAgents?: readonly ContextAgent[];
  /** Since 2.0. */
  readonly contextGroups?: readonly ContextGroup[];
  readonly revision?: string;
  readonly platform?: string;
  readonly language?: string;
  readonly statement?: StatementRef;
  readonly extensions?: Extensions;
}

interface Attachment {
  readonly usageType: string;
  readonly display: LanguageMap;
  readonly description?: LanguageMap;
  readonly contentType: string;
  readonly length: number;
  readonly sha2: string;
  readonly fileUrl?: string;
}

/** What a statement and a SubStatement have in common. */
export interface StatementBody<StatementObject> {
  readonly actor: Actor;
  readonly verb: Verb;
  readonly object: StatementObject;
  readonly result?: Result;
  readonly context?: Context;
  readonly timestamp?: string;
  readonly attachments?: readonly Attachment[];
}

export interface SubStatement extends StatementBody<Activity | ActorObject | StatementRef> {
  readonly objectType: 'SubStatement';
}

/** An Agent or Group in the place of the object always says so. */
export type ActorObject = Actor & { readonly objectType: 'Agent' | 'Group' };

export type StatementObject = Activity | ActorObject | StatementRef | SubStatement;

export interface Statement extends StatementBody<StatementObject> {
  readonly id?: string;
  readonly stored?: string;
  readonly authority?: Actor;
  readonly version?: string;
}

/** The activities of one kind in a context, however they were written. */
export function contextActivitiesOf(context: Context | undefined, kind: ContextActivityKind): readonly Activity[] {
  const activities = context?.contextActivities?.[kind];
  if (activities === undefined) return [];
  return Array.isArray(activities) ? (activities as readonly Activity[]) : [activities as Activity];
}

export const CONTEXT_ACTIVITY_KINDS = [
  'parent',
  'grouping',
  'category',
  'other',
] as const satisfies readonly ContextActivityKind[];

export function isActivity(object: StatementObject): object is Activity {
  return object.objectType === undefined || object.objectType === 'Activity';
}

export const isActor = (object: StatementObject): object is ActorObject =>
  object.objectType === 'Agent' || object.objectType === 'Group';

export const isStatementRef = (object: StatementObject): object is StatementRef => object.objectType === 'StatementRef';

export const isSubStatement = (object: StatementObject): object is SubStatement => object.objectType === 'SubStatement';

/** Whether it voids another statement (Data 2.3.2). */
export const isVoiding = (statement: Statement): boolean => statement.verb.id === VOIDED;
