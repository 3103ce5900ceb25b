/** Looking into a statement of which nothing is known to be right. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of an object; undefined for what is none. */
export const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];

/** Something in a statement, and where it is. */
export interface Part {
  readonly value: unknown;
  readonly path: readonly string[];
}

const KINDS = ['parent', 'grouping', 'category', 'other'] as const;

/** The activities in the context of a statement with lists of them (see withLists). */
export function contextActivities(statement: Json, kinds: readonly string[] = KINDS): Part[] {
  const byKind = memberOf(statement['context'], 'contextActivities');
  return kinds.flatMap((kind) =>
    listOf(memberOf(byKind, kind)).map((value, index) => ({
      value,
      path: ['context', 'contextActivities', kind, String(index)],
    })),
  );
}

/** Section 8.1: before rules apply, activities of a context that are no lists become lists of one. */
export function withLists(statement: Json): Json {
  const context = statement['context'];
  const byKind = memberOf(context, 'contextActivities');
  if (!isObject(byKind) || Object.values(byKind).every(Array.isArray)) return statement;
  const lists = Object.fromEntries(Object.entries(byKind).map(([kind, activities]) => [kind, [activities].flat()]));
  return { ...statement, context: { ...(context as Json), contextActivities: lists } };
}

/** The type of an activity, where its definition tells it. */
export const typeOf = (activity: unknown): unknown => memberOf(memberOf(activity, 'definition'), 'type');
