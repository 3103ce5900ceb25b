import type { RuleFilter, RuleSettings } from '../rules/retention-rule.js';
import type { RetentionFilterInput, RetentionRuleInput } from './rule-input.graphql.js';

/** What a user says of a rule. */
export function settingsOf({ name, kind, action, days, basis, filter, enabled }: RetentionRuleInput): RuleSettings {
  return { name, kind, action, basis, enabled, days: days ?? undefined, filter: filterOf(filter ?? {}) };
}

/** Null is nothing. Registrations are in lower case. */
function filterOf(input: RetentionFilterInput): RuleFilter {
  const given = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  const filter = Object.fromEntries(given) as RuleFilter;
  if (!filter.registrations) return filter;
  return { ...filter, registrations: filter.registrations.map((id) => id.toLowerCase()) };
}
