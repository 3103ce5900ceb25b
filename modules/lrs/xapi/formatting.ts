/** The forms in which statements are returned besides the exact one (Comm 2.1.3, parameter `format`). */
import { inOneLanguage } from './accept-language.js';
import type { Preferences } from './accept-language.js';
import { contextActivitiesOf, CONTEXT_ACTIVITY_KINDS, isActivity, isActor, isSubStatement } from './statement.js';
import type {
  Activity,
  ActivityDefinition,
  Actor,
  Context,
  InteractionComponent,
  LanguageMap,
  Statement,
  StatementBody,
  StatementObject,
  Verb,
} from './statement.js';

/** How the parts of a statement are rewritten; every other part stays. */
interface Rewriting {
  readonly actor: (actor: Actor) => Actor;
  readonly verb: (verb: Verb) => Verb;
  readonly activity: (activity: Activity) => Activity;
}

/** `format=ids`: of agents, groups, activities and verbs only what identifies them. */
export const toIds = (statement: Statement): Statement =>
  rewrite(statement, {
    actor: onlyIdentifier,
    verb: ({ id }) => ({ id }),
    activity: ({ id }) => ({ id }),
  });

/** What the LRS knows of activities and verbs from all statements; undefined of those that it knows nothing of. */
export interface KnownDefinitions {
  readonly definitionOf: (activityId: string) => ActivityDefinition | undefined;
  readonly displayOf: (verbId: string) => LanguageMap | undefined;
}

export const NOTHING_KNOWN: KnownDefinitions = { definitionOf: () => undefined, displayOf: () => undefined };

/**
 * `format=canonical`: activities and verbs as the LRS knows them, whether the statement defines them or not, and of each of
 * their language maps the one language that the reader prefers.
 */
export function toCanonical(
  statement: Statement,
  preferences: Preferences,
  known: KnownDefinitions = NOTHING_KNOWN,
): Statement {
  const language = (map: LanguageMap) => inOneLanguage(map, preferences);
  return rewrite(statement, {
    actor: (actor) => actor,
    verb: (verb) => mapped(withKnown(verb, 'display', known.displayOf(verb.id)), ['display'], language),
    activity: (activity) =>
      mapped(withKnown(activity, 'definition', known.definitionOf(activity.id)), ['definition'], (definition) =>
        definitionIn(definition, language),
      ),
  });
}

/** What {@link toCanonical} asks for. */
export function identifiedIn(statements: readonly Statement[]): { activities: Set<string>; verbs: Set<string> } {
  const activities = new Set<string>();
  const verbs = new Set<string>();
  for (const statement of statements) {
    rewrite(statement, {
      actor: (actor) => actor,
      verb: (verb) => (verbs.add(verb.id), verb),
      activity: (activity) => (activities.add(activity.id), activity),
    });
  }
  return { activities, verbs };
}

const withKnown = <T extends object, Key extends keyof T>(value: T, key: Key, known: T[Key] | undefined): T =>
  known === undefined ? value : { ...value, [key]: known };

function onlyIdentifier({ objectType = 'Agent', mbox, mbox_sha1sum, openid, account, member }: Actor): Actor {
  const identifier = withoutUndefined({ mbox, mbox_sha1sum, openid, account });
  const anonymous = Object.keys(identifier).length === 0;
  return { objectType, ...identifier, ...(anonymous && member ? { member: member.map(onlyIdentifier) } : {}) };
}

function definitionIn(definition: ActivityDefinition, language: (map: LanguageMap) => LanguageMap): ActivityDefinition {
  const components = (list: readonly InteractionComponent[]) =>
    list.map((component) => mapped(component, ['description'], language));
  const words = mapped(definition, ['name', 'description'], language);
  return mapped(words, ['choices', 'scale', 'source', 'target', 'steps'], components);
}

const rewrite = (statement: Statement, how: Rewriting): Statement =>
  mapped(rewriteBody(statement, how), ['authority'], how.actor);

function rewriteBody<Body extends StatementBody<StatementObject>>(body: Body, how: Rewriting): Body {
  const rewritten = {
    ...body,
    actor: how.actor(body.actor),
    verb: how.verb(body.verb),
    object: rewriteObject(body.object, how),
  };
  return mapped(rewritten, ['context'], (context) => rewriteContext(context, how));
}

function rewriteObject(object: StatementObject, how: Rewriting): StatementObject {
  if (isActivity(object)) return how.activity(object);
  if (isActor(object)) return { ...how.actor(object), objectType: object.objectType };
  return isSubStatement(object) ? rewriteBody(object, how) : object;
}

function rewriteContext(context: Context, how: Rewriting): Context {
  const actors = mapped(context, ['instructor', 'team'], how.actor);
  const relations = mapped(
    mapped(actors, ['contextAgents'], (list) => list.map((one) => ({ ...one, agent: how.actor(one.agent) }))),
    ['contextGroups'],
    (list) => list.map((one) => ({ ...one, group: how.actor(one.group) })),
  );
  return mapped(relations, ['contextActivities'], () => rewriteContextActivities(context, how));
}

function rewriteContextActivities(context: Context, how: Rewriting): NonNullable<Context['contextActivities']> {
  const lists = CONTEXT_ACTIVITY_KINDS.map(
    (kind) => [kind, contextActivitiesOf(context, kind).map(how.activity)] as const,
  );
  return Object.fromEntries(lists.filter(([kind]) => context.contextActivities?.[kind] !== undefined));
}

/** The value with some of its properties changed, in the order that they were in; those that are missing stay missing. */
function mapped<T extends object, Key extends keyof T>(
  value: T,
  keys: readonly Key[],
  change: (part: NonNullable<T[Key]>) => T[Key],
): T {
  const result = { ...value };
  for (const key of keys) {
    const part = value[key];
    if (part !== undefined && part !== null) result[key] = change(part);
  }
  return result;
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
