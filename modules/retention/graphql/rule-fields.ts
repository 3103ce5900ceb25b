/** What the fields of rules mean, the same in inputs and answers. */
export const RULE_FIELDS = {
  registered: 'Under any registration (true), or under none (false).',
  kind: 'What it is about.',
  action: 'What it does.',
  days: 'DELETE, where it is needed: what is older goes. KEEP: what is not older stays; left out, it stays for ever.',
  basis: 'From when the age counts; that of State documents counts from their last change.',
  enabled: 'Whether it counts. A rule that is not enabled does not delete, and does not keep.',
} as const;
