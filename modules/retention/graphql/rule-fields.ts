/** What the fields of rules mean, the same in inputs and answers. */
export const RULE_FIELDS = {
  verbs: 'With one of these verbs.',
  activities: 'About one of these activities; State documents: of it.',
  relatedActivities: 'Look for `activities` in every place: the context, SubStatements.',
  activityTypes: 'About an activity of one of these types, as the statement or an earlier one tells it.',
  agents: 'With one of these agents as the actor or the object, or as a member of it; State documents: of the agent.',
  relatedAgents: 'Look for `agents` in every place: instructor, team, authority, SubStatements.',
  registrations: 'Under one of these registrations.',
  registered: 'Under any registration (true), or under none (false).',
  kind: 'What it is about.',
  action: 'What it does.',
  days: 'DELETE, where it is needed: what is older goes. KEEP: what is not older stays; left out, it stays for ever.',
  basis: 'From when the age counts; that of State documents counts from their last change.',
  enabled: 'Whether it counts. A rule that is not enabled does not delete, and does not keep.',
} as const;
