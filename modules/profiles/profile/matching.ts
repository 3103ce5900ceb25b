/** Which templates a statement is of (section 8, matches_determining_properties of Communication 2.1). */
import type { DeterminingProperties, Profile } from './profile.js';
import { contextActivities, listOf, memberOf, typeOf } from './statement-parts.js';
import type { Json } from './statement-parts.js';

/** Whether the statement has everything that determines the template. */
export function matchesDeterminingProperties(statement: Json, determining: DeterminingProperties): boolean {
  const { verb, objectActivityType, attachmentUsageType } = determining;
  if (verb !== undefined && memberOf(statement['verb'], 'id') !== verb) return false;
  if (objectActivityType !== undefined && typeOf(statement['object']) !== objectActivityType) return false;
  const usageTypes = () => listOf(statement['attachments']).map((attachment) => memberOf(attachment, 'usageType'));
  return (
    hasTypes(statement, 'grouping', determining.contextGroupingActivityType) &&
    hasTypes(statement, 'parent', determining.contextParentActivityType) &&
    hasTypes(statement, 'other', determining.contextOtherActivityType) &&
    hasTypes(statement, 'category', determining.contextCategoryActivityType) &&
    (attachmentUsageType === undefined || includesAll(usageTypes(), attachmentUsageType))
  );
}

function hasTypes(statement: Json, kind: string, types: readonly string[] | undefined): boolean {
  if (types === undefined) return true;
  const there = contextActivities(statement, [kind]).map(({ value }) => typeOf(value));
  return includesAll(there, types);
}

function includesAll(there: readonly unknown[], wanted: readonly string[]): boolean {
  const set = new Set(there);
  return wanted.every((one) => set.has(one));
}

/**
 * Whether the statement says that it follows the profile: one of its versions is an activity in category (section 5). Many
 * profiles have the profile itself put there.
 */
export function declares(statement: Json, { id, versions }: Profile): boolean {
  return contextActivities(statement, ['category']).some(({ value }) => {
    const category = memberOf(value, 'id');
    return typeof category === 'string' && (category === id || versions.includes(category));
  });
}
